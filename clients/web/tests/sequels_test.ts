import { describe, expect, it } from 'vitest'
import { personnel_in, personnel_of, no_matter } from '../src/office/matter'
import { vote_at_hand } from '../src/state/next_step'
import { approval_of, has_carried, oaths, override_key, tie_to_decide } from '../src/state/sequels'
import type { PersonnelMatter, VoteView } from '../src/wire/types'
import { a_result, a_sitting, a_vote } from './views'

const person: PersonnelMatter = { action: 'appoint', name: '王建国', post: '局长' }
const matter = a_vote({}).matter
const sequel = a_vote({}).sequel

function passed(changes: Partial<VoteView> = {}): VoteView {
  return a_vote({ state: 'announced', result: a_result(), ...changes })
}

/** 甲 has a place; 乙 and 丙 are equal at the one that is left. */
function tied(): VoteView {
  const line = (name: string, approve: number) => {
    return { name, approve, oppose: 0, abstain: 0, is_write_in: false }
  }
  const list = [line('甲', 6), line('乙', 4), line('丙', 4)]
  const counted = { issued: 7, collected: 7, invalid: 0, list }
  const outcome = {
    status: 'tie_for_presidium' as const,
    base: 0,
    need: 1,
    elected: [0],
    tied: [1, 2],
    tied_places: 1,
    unfilled: 0,
  }
  const result = { ...a_result(), places: { counted, outcome } }
  result.outcome = { ...result.outcome, verdict: 'counted' }
  return a_vote({ state: 'announced', result })
}

describe('what becomes of a result', () => {
  it('waits for the body above only once it has passed', () => {
    const waiting = { ...matter, approval_by: '市人大常委会' }
    expect(approval_of(passed())).toBeNull()
    expect(approval_of(passed({ matter: waiting }))).toBe('pending')
    expect(approval_of(a_vote({ state: 'decided', result: a_result(), matter: waiting }))).toBeNull()
    const answered = (granted: boolean) =>
      passed({ matter: waiting, sequel: { ...sequel, approval: { vote: 1, granted, document: '批复' } } })
    expect(approval_of(answered(true))).toBe('granted')
    expect(approval_of(answered(false))).toBe('refused')
  })

  it('is nothing once it is annulled', () => {
    expect(has_carried(passed())).toBe(true)
    expect(has_carried(passed({ state: 'annulled' }))).toBe(false)
  })

  it('leaves a tie to the presidium until it has decided', () => {
    expect(tie_to_decide(tied())).toEqual({ names: ['乙', '丙'], places: 1 })
    const tie = { vote: 1, names: ['丙'], decided_by: '主席团', reason: '抽签' }
    expect(tie_to_decide({ ...tied(), sequel: { ...sequel, tie } })).toBeNull()
    expect(tie_to_decide(passed())).toBeNull()
  })

  it('puts those into the list of oaths who took office', () => {
    const appointed = passed({ matter: { ...matter, personnel: person } })
    const pending = passed({ matter: { ...matter, personnel: person, approval_by: '市人大常委会' } })
    const removed = passed({ matter: { ...matter, personnel: { ...person, action: 'remove' } } })
    const sworn = passed({
      matter: { ...matter, personnel: person },
      sequel: { ...sequel, oath_taken: true },
    })
    expect(oaths([appointed, pending, removed, sworn, passed()])).toEqual([
      { vote: appointed, names: ['王建国'] },
    ])
  })

  it('has words for whatever was set aside', () => {
    expect(override_key('barred')).toBe('override.barred')
    expect(override_key('busy')).toBe('override.other')
  })
})

describe('an amendment', () => {
  it('is voted on before the whole, whichever was written down first', () => {
    const whole = a_vote({ id: 51 })
    const part = a_vote({ id: 52, matter: { ...matter, part: 'amendment' } })
    const sitting = a_sitting({ active_item: whole.item })
    expect(vote_at_hand(sitting, [whole, part])?.id).toBe(52)
    expect(vote_at_hand(sitting, [whole])?.id).toBe(51)
  })
})

describe('whom a vote is about', () => {
  it('is read from a line of a series', () => {
    expect(personnel_in('王建国，区教育局局长', 'appoint')).toEqual({ ...person, post: '区教育局局长' })
    expect(personnel_in(' 王建国 ,  局长 ', 'remove')).toEqual({ ...person, action: 'remove' })
    expect(personnel_in('王建国', 'appoint')).toBeNull()
    expect(personnel_in('王建国，', 'appoint')).toBeNull()
  })

  it('is nobody until an action is chosen', () => {
    expect(personnel_of(no_matter)).toBeNull()
    expect(personnel_of({ ...no_matter, action: 'appoint', name: ' 王建国 ', post: '局长' })).toEqual(person)
  })
})
