import type { Base, BodyKind, ClosePolicy, RuleProfileInput, Threshold, VoteMethod } from '../wire/types'
import { needed_of } from '../state/threshold'
import texts from './rules.json'

export type Majority = keyof typeof texts.majorities
export type Share = 'over_half' | 'two_thirds'

export const majorities = Object.keys(texts.majorities) as Majority[]
export const methods = Object.keys(texts.methods) as VoteMethod[]
export const shares: readonly Share[] = ['over_half', 'two_thirds']

/** What a secretary chooses of a rule; everything else follows from it and from the kind of body. */
export interface RuleChoice {
  majority: Majority
  method: VoteMethod
  /** At consoles; on paper every vote is secret. */
  is_secret: boolean
  /** Instead of on paper, where the rule asks for paper. */
  is_at_consoles: boolean
  close: ClosePolicy
  window_seconds: number
  is_first_press_final: boolean
  is_result_delayed: boolean
}

export const usual_choice: RuleChoice = {
  majority: 'over_half_of_all',
  method: 'console',
  is_secret: false,
  is_at_consoles: false,
  close: 'chair',
  window_seconds: 60,
  is_first_press_final: false,
  is_result_delayed: true,
}

/** A share of these: over half, or two thirds with the number itself. */
export function threshold(share: Share, base: Base = 'all_members'): Threshold {
  return share === 'over_half'
    ? { num: 1, den: 2, strict: true, base }
    : { num: 2, den: 3, strict: false, base }
}

/** The quorum that the law, or custom where it is silent, asks of a body. */
export function usual_quorum(body: BodyKind): Share {
  return texts.bodies[body].quorum as Share
}

/** Whether consoles shall vote secretly under this rule: one by groups would say more than totals. */
export function is_secret_at_consoles(rule: RuleProfileInput, choice: RuleChoice): boolean {
  return choice.is_secret && rule.method === 'console' && rule.groups.length === 0
}

/** The same rule with ballots nobody can read: another rule, with an id and a name of its own. */
function made_secret(rule: RuleProfileInput): RuleProfileInput {
  if (rule.secrecy === 'secret') return rule
  const { zh, en } = texts.secret
  const name = { zh: `${rule.name.zh}\u00B7${zh}`, en: `${rule.name.en}, ${en}` }
  // A raised hand would be seen, so that consoles which fail leave ballots on paper only.
  const { fallback: _, ...kept } = rule
  return { ...kept, id: `${rule.id}.secret`, name, secrecy: 'secret' }
}

/** Whether consoles may take the place of paper under this rule: opened totals do not tell of groups. */
export function may_be_at_consoles(rule: RuleProfileInput): boolean {
  return rule.groups.length === 0 && !rule.also_in?.length
}

/**
 * The same rule with encrypted ballots instead of paper ones: another rule, with an id and a name of its own.
 */
function at_consoles(rule: RuleProfileInput, choice: RuleChoice): RuleProfileInput {
  if (rule.method !== 'paper' || !choice.is_at_consoles || !may_be_at_consoles(rule)) return rule
  const { zh, en } = texts.consoles
  const name = { zh: `${rule.name.zh}\u00B7${zh}`, en: `${rule.name.en}, ${en}` }
  const { ballots_kept_days: _, list, ...kept } = rule
  // Encrypted ballots hold marks only: no name written in, no blank that approves.
  const marks = list ? { list: { ...list, write_in: 'none' as const, blank: 'abstain' as const } } : {}
  return { ...kept, ...marks, id: `${rule.id}.consoles`, name, method: 'console', close: choice.close }
}

/** The profile a vote is prepared with. */
export function build_profile(body: BodyKind, quorum: Share, choice: RuleChoice): RuleProfileInput {
  const majority = texts.majorities[choice.majority]
  const method = texts.methods[choice.method]
  const made: RuleProfileInput = {
    id: `cn.${body}.${choice.majority}.${choice.method}`,
    version: 1,
    name: { zh: `${majority.zh}\u00B7${method.zh}`, en: `${majority.en}, ${method.en}` },
    quorum: threshold(quorum),
    majority: threshold(
      choice.majority === 'two_thirds_of_all' ? 'two_thirds' : 'over_half',
      choice.majority === 'over_half_of_present' ? 'present' : 'all_members',
    ),
    groups: [],
    secrecy: choice.method === 'paper' ? 'secret' : 'named',
    press: choice.is_first_press_final ? 'first' : 'last',
    close: choice.method === 'console' ? choice.close : 'chair',
    window_ms: choice.window_seconds * 1000,
    progress: 'steps',
    result: choice.is_result_delayed ? 'delayed' : 'direct',
    legal_basis: texts.bodies[body].articles.map((article) => ({
      law: texts.law,
      article,
      version_date: texts.law_version,
    })),
    method: choice.method,
    tellers: 2,
  }
  return is_secret_at_consoles(made, choice) ? made_secret(made) : at_consoles(made, choice)
}

/** How a vote under a rule of a book is conducted: the book leaves that open. */
export function conducted(rule: RuleProfileInput, choice: RuleChoice): RuleProfileInput {
  const made: RuleProfileInput = {
    ...rule,
    press: choice.is_first_press_final ? 'first' : 'last',
    close: rule.method === 'console' ? choice.close : 'chair',
    window_ms: choice.window_seconds * 1000,
    result: choice.is_result_delayed ? 'delayed' : 'direct',
  }
  return is_secret_at_consoles(made, choice) ? made_secret(made) : at_consoles(made, choice)
}

/** How many a share of `members` needs. */
export function needed(share: Share, members: number): number {
  return needed_of(threshold(share), members)
}
