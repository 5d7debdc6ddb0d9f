import { to_base64 } from './bytes'
import { is_object, read_canonical } from './json'
import { to_vkey } from './note'
import { Record as Followed, type Vote } from './record'
import { Findings, read_signed_log, type SignedLog } from './signed_log'
import { check_titles, type BundleKind, type CheckName, type Finding, type Notice } from './words'

/** What is known after looking at a bundle. */
export type Report = {
  ok: boolean
  /** For whom the bundle is; null when it could not be read. */
  kind: BundleKind | null
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
  /** What is worth knowing and keeps nothing from being verified. */
  notices: Notice[]
  votes: Vote[]
  /** Whether the bundle is one that holds the boxes of secret votes. */
  has_boxes: boolean
  /** Of all ballots in them, and of which vote. */
  trackers: Map<string, number>
}

/** Told of entries and ballots as they are looked at. */
export type Progress = (done: number, of: number) => void

const progress_every = 1024

/** After a finding in one of these nothing further can be read. */
const order = Object.keys(check_titles) as CheckName[]

/** How many ballots there will be to check, by what entries say: only progress is measured by it. */
function ballots_ahead({ entries, kind }: SignedLog): number {
  if (kind === 'public') return 0
  const bodies = entries.map(read_canonical).filter((entry) => entry?.kind === 'ballot_box.sealed')
  return bodies.reduce((sum, entry) => sum + Number((entry!.body as { ballots?: unknown }).ballots), 0)
}

/** Entries one by one: their form, their order, and what follows from them. */
function follow(log: SignedLog, findings: Findings, progress: Progress): Followed {
  const of = log.entries.length + ballots_ahead(log)
  let [done, ballots] = [0, 0]
  const record = new Followed(log, findings, (more) => {
    ballots += more
    progress(Math.min(done + ballots, of), of)
  })
  let [epoch, time] = [0, 0]
  log.entries.forEach((bytes, seq) => {
    done = seq
    if (seq % progress_every === 0) progress(Math.min(done + ballots, of), of)
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
    record.take(seq, kind, time, body, `${entry.actor} ${entry.id}`)
  })
  record.secret.finish()
  progress(of, of)
  return record
}

/**
 * Checks a bundle from the bytes up. `trusted`: the key published elsewhere, when there is one to compare
 * with.
 */
export function verify_bundle(
  archive: Uint8Array,
  trusted: string | null = null,
  progress: Progress = () => undefined,
): Report {
  const findings = new Findings()
  const log = read_signed_log(archive, trusted, findings)
  const record = log === null ? null : follow(log, findings, progress)
  const bad = new Set(findings.list.map(({ check }) => check))
  // Without entries nothing after the first failure was looked at.
  const first_bad = order.findIndex((name) => bad.has(name))
  const checks = order.map((name, at) => {
    // A member's bundle shows the boxes: what it leaves out is said among the notices.
    const is_left_out = name === 'secret' && log?.kind === 'public' && record!.secret.left_out
    const unseen = is_left_out || (log === null && first_bad >= 0 && at > first_bad)
    return {
      name,
      state: bad.has(name) ? ('bad' as const) : unseen ? ('unseen' as const) : ('good' as const),
    }
  })
  return {
    ok: findings.list.length === 0,
    kind: log?.kind ?? null,
    origin: log?.checkpoint.origin ?? null,
    vkey: log === null ? null : to_vkey(log.key),
    size: log?.checkpoint.size ?? 0,
    root: log === null ? null : to_base64(log.checkpoint.root),
    checks,
    findings: findings.list,
    notices: findings.notices,
    votes: record === null ? [] : [...record.votes.values()],
    has_boxes: log !== null && log.kind !== 'public',
    trackers: record?.secret.trackers ?? new Map<string, number>(),
  }
}
