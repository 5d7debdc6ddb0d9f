import { to_base64 } from './bytes'
import { is_object, read_canonical } from './json'
import { to_vkey } from './note'
import { Record as Followed, type Vote } from './record'
import { Findings, read_signed_log, type SignedLog } from './signed_log'
import { check_titles, type CheckName, type Finding } from './words'

/** What is known after looking at a bundle. */
export type Report = {
  ok: boolean
  origin: string | null
  vkey: string | null
  size: number
  root: string | null
  /**
   * In the order they build on each other. `good` when looked at and right; `unseen` when something before
   * failed.
   */
  checks: { name: CheckName; state: 'good' | 'bad' | 'unseen' }[]
  findings: Finding[]
  votes: Vote[]
}

/** After a finding in one of these nothing further can be read. */
const order = Object.keys(check_titles) as CheckName[]

/** Entries one by one: their form, their order, and what follows from them. */
function follow(log: SignedLog, findings: Findings): Vote[] {
  const record = new Followed(log, findings)
  let [epoch, time] = [0, 0]
  log.entries.forEach((bytes, seq) => {
    const entry = read_canonical(bytes)
    const is_entry =
      entry !== null &&
      entry.v === 1 &&
      typeof entry.kind === 'string' &&
      is_object(entry.body) &&
      typeof entry.epoch === 'number' &&
      typeof entry.actor === 'string' &&
      typeof entry.id === 'string'
    if (!is_entry) return findings.add('entries', 'entry_malformed', '', seq)
    const { kind, body, at } = entry as { kind: string; body: { [name: string]: unknown }; at: unknown }
    if (entry.seq !== seq) findings.add('entries', 'entry_misplaced', String(entry.seq), seq)
    const is_founding = kind === 'log.created'
    if (is_founding !== (seq === 0) || (is_founding && body.origin !== log.checkpoint.origin)) {
      findings.add('entries', 'log_start_wrong', '', seq)
    }
    if (Number(entry.epoch) < epoch) findings.add('entries', 'epoch_backwards', '', seq)
    epoch = Number(entry.epoch)
    if ((typeof at === 'number') === (kind === 'box.frame'))
      findings.add('entries', 'time_missing', '', seq)
    if (typeof at === 'number' && at < time) findings.add('entries', 'time_backwards', '', seq)
    if (typeof at === 'number') time = at
    record.take(seq, kind, time, body)
  })
  return [...record.votes.values()]
}

/**
 * Checks a bundle from the bytes up. `trusted`: the key published elsewhere, when there is one to compare
 * with.
 */
export function verify_bundle(archive: Uint8Array, trusted: string | null = null): Report {
  const findings = new Findings()
  const log = read_signed_log(archive, trusted, findings)
  const votes = log === null ? [] : follow(log, findings)
  const bad = new Set(findings.list.map(({ check }) => check))
  // Without entries nothing after the first failure was looked at.
  const first_bad = order.findIndex((name) => bad.has(name))
  const checks = order.map((name, at) => {
    const unseen = log === null && first_bad >= 0 && at > first_bad
    return {
      name,
      state: bad.has(name) ? ('bad' as const) : unseen ? ('unseen' as const) : ('good' as const),
    }
  })
  return {
    ok: findings.list.length === 0,
    origin: log?.checkpoint.origin ?? null,
    vkey: log === null ? null : to_vkey(log.key),
    size: log?.checkpoint.size ?? 0,
    root: log === null ? null : to_base64(log.checkpoint.root),
    checks,
    findings: findings.list,
    votes,
  }
}
