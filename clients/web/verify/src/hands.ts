import type { Json } from './json'

// Whose hand may write an entry of a secret vote. Whether the person held the office plenum-audit follows.

const of_server = ['box.frame', 'seq.reused', 'ballot_box.sealed', 'box.shred_started', 'box.shredded']

/** Role, and the member of the body that names the person who has it. */
const own: { [kind: string]: [string, string] } = {
  'console.enrolled': ['delegate', 'person'],
  'voting_key.registered': ['delegate', 'person'],
  'box.contested': ['delegate', 'person'],
  'share.given': ['key_holder', 'holder'],
  'share.erased': ['key_holder', 'holder'],
  'ceremony.joined': ['key_holder', 'holder'],
  'ceremony.committed': ['key_holder', 'holder'],
  'ceremony.opened': ['key_holder', 'holder'],
  'ceremony.agreed': ['key_holder', 'holder'],
  'ceremony.failed': ['key_holder', 'holder'],
}

/** Roles any of which may. */
const of_office: { [kind: string]: string[] } = {
  'roll.called': ['chair', 'operator'],
  'ballot_box.created': ['chair', 'operator'],
  'key_holders.appointed': ['secretary'],
  'ceremony.restarted': ['secretary'],
  'console_builds.pinned': ['secretary'],
}

/** Totals are found, and a key is missed, by the server alone. */
function is_servers_finding(kind: string, body: Json): boolean {
  if (kind === 'vote.decided') return body.totals !== undefined
  return kind === 'vote.voided' && body.reason === 'ballot_key_lost'
}

/** Whether this actor, spelled as in the record, may write such an entry; true for entries of other votes. */
export function may_write(actor: string, kind: string, body: Json): boolean {
  if (of_server.includes(kind) || is_servers_finding(kind, body)) return actor === 'server'
  const [role, person] = actor.split(':')
  const self = own[kind]
  if (self !== undefined) return role === self[0] && Number(person) === Number(body[self[1]])
  return of_office[kind]?.includes(role!) ?? true
}
