import { beforeAll, describe, expect, it } from 'vitest'
import { checkpoint_text } from '../src/ballot/checkpoint'
import { is_cosigned } from '../src/ballot/cosignature'
import { ready } from '../src/ballot/sodium'
import { DeviceKey } from '../src/ballot/voting_key'
import { from_plain } from '../src/key_holder/held_keys'
import { from_content, to_content } from '../src/wire/content'
import type { RecordProof } from '../src/wire/types'
import { canonical } from '../verify/src/json'
import { digest } from './ballot_days'
import { House, Trial } from './holder_house'
import { consistency_of, entry_bytes, signed_note, type SmallLog } from './small_log'

// The record a key holder cosigns with its share: that it holds this vote and this box, that it goes on from
// what was cosigned before, and that the signature stands in the key file before it leaves.

let house: House

/** The trial of a server whose record is this one; the holder has pressed. */
async function tried(record: (since: number) => RecordProof | null, keys = house.keys()): Promise<Trial> {
  const trial = await new Trial(house, { ...house.told(), record }, keys).begin()
  return await trial.press()
}

/** Nothing leaves, also when it is pressed again, and the page says why. */
async function refused(name: string, record: RecordProof, said = 'not_in_record', keys = house.keys()) {
  const given = keys.given.size
  const trial = await tried(() => record, keys)
  trial.now_ms += 600_000
  await trial.boxes.look_again()
  await trial.press('a reason')
  expect([trial.given, trial.report.step, trial.report.stop, keys.given.size], name).toEqual([
    [],
    'refused',
    said,
    given,
  ])
}

/** The honest log with another entry in a place. */
function with_entry(at: number, bytes: Uint8Array): SmallLog {
  const log = house.log.copy()
  log.entries[at] = bytes
  return log
}

function honest(log = house.log, since = 0): RecordProof {
  return log.prove(house.opened_at, house.sealed_at, since)!
}

const other = () => to_content(digest('another'))

describe('a record is not cosigned', () => {
  beforeAll(async () => {
    await ready
    house = new House()
  })

  it('that says something else of the vote', async () => {
    const { opened } = house.events()
    const { secret } = opened
    const changes: [string, string, object][] = [
      ['another vote', 'vote.opened', { ...opened, vote: 41 }],
      ['another context', 'vote.opened', { ...opened, secret: { ...secret, context: other() } }],
      [
        'other acknowledgements',
        'vote.opened',
        { ...opened, secret: { ...secret, acknowledgements: other() } },
      ],
      ['no secret vote', 'vote.opened', { vote: opened.vote, present: opened.present }],
      ['null', 'vote.opened', { ...opened, secret: null }],
      ['another kind', 'vote.closed', opened],
    ]
    for (const [name, kind, body] of changes) {
      const log = with_entry(house.opened_at, entry_bytes(house.opened_at, kind, body))
      await refused(name, honest(log))
    }
  })

  it('that says something else of the box', async () => {
    const { sealed } = house.events()
    const changes: [string, object][] = [
      ['another vote', { ...sealed, vote: 41 }],
      ['another root', { ...sealed, root: other() }],
      ['another file', { ...sealed, box: other() }],
      ['a ballot more', { ...sealed, ballots: sealed.ballots + 1 }],
      ['a spoil less', { ...sealed, spoils: sealed.spoils - 1 }],
      ['figures as text', { ...sealed, ballots: String(sealed.ballots) }],
    ]
    for (const [name, body] of changes) {
      const log = with_entry(house.sealed_at, entry_bytes(house.sealed_at, 'ballot_box.sealed', body))
      await refused(name, honest(log))
    }
  })

  it('when the proofs are of other entries', async () => {
    const { opened, sealed, consistency } = honest()
    await refused('of a speech', { opened: house.log.proof(3), sealed, consistency })
    await refused('the opening twice', { opened, sealed: opened, consistency })
    await refused('one for the other', { opened: sealed, sealed: opened, consistency })
  })

  it('when an entry is none, or has not the number of its place', async () => {
    const { opened } = house.events()
    const at = house.opened_at
    const text = new TextDecoder().decode(entry_bytes(at, 'vote.opened', opened))
    const spelled = (changed: string) => honest(with_entry(at, new TextEncoder().encode(changed)))
    expect(spelled(text)).toEqual(honest())
    const elsewhere = entry_bytes(at + 1, 'vote.opened', opened)
    await refused('the number of another place', honest(with_entry(at, elsewhere)))
    await refused('with a space', spelled(`${text} `))
    await refused(
      'its members in another order',
      spelled(text.replace(/"seq":\d+,"v":1/, `"v":1,"seq":${at}`)),
    )
    await refused('a member twice', spelled(text.replace('"v":1', '"v":2,"v":1')))
    await refused('of another version', spelled(text.replace('"v":1', '"v":2')))
    await refused('no object', spelled(`[${text}]`))
    await refused('no text', honest(with_entry(at, Uint8Array.of(0xff, 0xfe))))
  })

  it('that the log did not sign', async () => {
    const { log } = house
    const [key, stranger] = [log.signer, new DeviceKey(digest('a stranger'))]
    const text = checkpoint_text(log.checkpoint())
    const under = (note: string): RecordProof => ({
      opened: log.proof(house.opened_at, log.entries.length, note),
      sealed: log.proof(house.sealed_at, log.entries.length, note),
      consistency: [],
    })
    const good = signed_note(text, log.origin, key)
    const by_stranger = signed_note(text, log.origin, stranger).split('\n').at(-2)!
    const other_log = `plenum.example/other\n${text.slice(text.indexOf('\n') + 1)}`
    const [line = ''] = good.split('\n').slice(-2)
    await refused('not signed', under(`${text}\n`))
    await refused('signed by another key', under(signed_note(text, log.origin, stranger)))
    await refused('of another log', under(signed_note(other_log, log.origin, key)))
    await refused('under another name', under(signed_note(other_log, 'plenum.example/other', key)))
    await refused('a bad signature beside the good one', under(`${good}${line.replace(/.{3}$/, 'AA=')}\n`))
    await refused('cut', under(good.slice(0, -1)))
    await refused('more than a checkpoint', under(signed_note(`${text}more\n`, log.origin, key)))
    await refused('a size with a zero', under(signed_note(text.replace('\n', '\n0'), log.origin, key)))
    const trial = await tried(() => under(`${good}${by_stranger}\n`))
    expect(trial.given.length, 'a stranger’s beside the good one').toBe(1)
  })

  it('under two checkpoints', async () => {
    const { log } = house
    const before = log.proof(house.opened_at, log.entries.length - 1)
    await refused('an older one', { ...honest(), opened: before })
    const fork = log.copy(log.entries.length - 1)
    fork.fill(1, 'somewhere else')
    await refused('another one', { ...honest(), opened: fork.proof(house.opened_at) })
  })

  it('when a proof is not as it is written, or does not lead to the root', async () => {
    const { opened } = honest()
    const lines = opened.split('\n')
    const swapped = [...lines.slice(0, 3), lines[4], lines[3], ...lines.slice(5)].join('\n')
    const changes: [string, string][] = [
      ['nothing', ''],
      ['of another version', opened.replace('@v1', '@v2')],
      ['hashes in another order', swapped],
      ['a hash less', [...lines.slice(0, 3), ...lines.slice(4)].join('\n')],
      ['another index', opened.replace(/\nindex \d+/, `\nindex ${house.opened_at + 1}`)],
      ['an index with a zero', opened.replace('\nindex ', '\nindex 0')],
      ['an index with a space', opened.replace('\nindex ', '\nindex  ')],
      ['without the entry', opened.replace(/\nextra .*/, '')],
      ['base64 without padding', opened.replace(/=\n/, '\n')],
      ['with more at the end', `${opened}\n`],
    ]
    for (const [name, text] of changes) {
      expect(text, name).not.toBe(opened)
      await refused(name, { ...honest(), opened: text })
    }
  })
})

describe('the record cosigned before', () => {
  /** What is held after the share for the house was given, and a later vote in the same log. */
  async function later() {
    const own = new House()
    const first = await new Trial(own, own.told()).begin()
    await first.press()
    expect(first.given[0]!.cosignature.size).toBe(own.log.entries.length)
    return { own, keys: first.keys }
  }

  const gives = (second: House, keys: Trial['keys'], record = second.told().record) =>
    new Trial(second, { ...second.told(), record }, keys).begin().then((trial) => trial.press('a reason'))

  it('must be what the next one goes on from', async () => {
    const { own, keys } = await later()
    const size = own.log.entries.length
    const second = new House(7, 9, 60, own.log.copy())
    const trial = await gives(second, keys)
    expect(trial.asked_since).toEqual([size])
    expect(trial.given[0]!.cosignature.size).toBe(second.log.entries.length)
    expect(second.log.entries.length).toBeGreaterThan(size)
  })

  it('and no other one is cosigned', async () => {
    const { own, keys } = await later()
    const size = own.log.entries.length
    const fork = own.log.copy(5)
    fork.fill(size)
    const forked = new House(7, 9, 60, fork)
    const honest_log = new House(7, 9, 60, own.log.copy())
    const shorter = new House(7, 9, 60, own.log.copy(20))
    const path = consistency_of(size, honest_log.log.entries).map(to_content)
    const from_nothing = (of: House) => () => of.log.prove(of.opened_at, of.sealed_at, 0)
    const lying = (consistency: string[]) => () => ({ ...from_nothing(honest_log)()!, consistency })
    const tries: [string, House, () => RecordProof | null][] = [
      ['a fork', forked, () => forked.log.prove(forked.opened_at, forked.sealed_at, size)],
      [
        'a fork with the path of another',
        forked,
        () => ({ ...from_nothing(forked)()!, consistency: path }),
      ],
      ['without a path', honest_log, from_nothing(honest_log)],
      ['with less of a path', honest_log, lying(path.slice(1))],
      ['with more of a path', honest_log, lying([...path, other()])],
      ['with hashes that are none', honest_log, lying(path.map(() => 'AAAA'))],
      ['a smaller log', shorter, from_nothing(shorter)],
    ]
    expect(shorter.log.entries.length).toBeLessThan(size)
    for (const [name, second, record] of tries) {
      const trial = await gives(second, keys, record)
      expect([trial.given, trial.report.stop, keys.given.size], name).toEqual([[], 'other_record', 1])
    }
  })
})

describe('what is cosigned with a share', () => {
  it('stands in the key file before it leaves, and leaves as it stands there', async () => {
    const trial = await tried(() => honest())
    const [given] = trial.given
    const said = given!.cosignature
    const entry = [...from_plain(trial.files_then[0]!, 4)!.given.values()][0]!
    expect(entry.origin).toBe(house.origin)
    const { size, root, time_s, signature } = entry.cosignature
    expect(said).toEqual({ size, root: to_content(root), time_s, signature: to_content(signature) })
    expect([size, time_s]).toEqual([house.log.entries.length, trial.now_s])
    expect(root).toEqual(house.log.checkpoint().root)
    const key = from_content(trial.told.keys.holders[0]!.key!)
    expect(is_cosigned(house.origin, entry.cosignature, key)).toBe(true)
    expect(is_cosigned('plenum.example/other', entry.cosignature, key)).toBe(false)
    expect([trial.report.step, trial.report.cosigned]).toEqual(['given', size])
    expect(canonical(said)).not.toContain('=')
  })

  it('is the same after a reload, however far the log went on and whatever the clock says', async () => {
    const log = house.log.copy()
    const first = await tried((since) => log.prove(house.opened_at, house.sealed_at, since))
    log.fill(9)
    const keys = from_plain(first.file!, 4)!
    const again = new Trial(house, house.told(), keys)
    again.now_s += 900
    await again.begin()
    expect(again.given).toEqual(first.given)
    expect(again.asked_since).toEqual([])
    expect(again.report.cosigned).toBe(first.given[0]!.cosignature.size)
  })

  it('waits for proofs the server does not give yet, without another press', async () => {
    let is_there = false
    const trial = await tried(() => (is_there ? honest() : null))
    expect([trial.report.step, trial.given, trial.keys.given.size]).toEqual(['missing', [], 0])
    is_there = true
    await trial.boxes.look_again()
    expect([trial.report.step, trial.given.length]).toEqual(['given', 1])
  })

  it('is shown as given when the server says so, by what this device signed', async () => {
    const first = await tried(() => honest())
    const told = house.told()
    Object.assign(told.view.secret.box!.shares[0]!, { given: true, cosigned: 7 })
    const trial = await new Trial(house, told, first.keys).begin()
    expect([trial.report.step, trial.report.cosigned]).toEqual(['given', house.log.entries.length])
    const elsewhere = await new Trial(house, told).begin()
    expect([elsewhere.report.step, elsewhere.report.cosigned]).toEqual(['given', null])
  })
})

describe('consoles that object to the box', () => {
  it('are counted before the share and after it', async () => {
    const told = house.told()
    told.view.secret.box!.contested = 1
    const trial = await new Trial(house, told).begin()
    expect([trial.report.step, trial.report.contested]).toEqual(['ready', 1])
    await trial.press()
    expect(trial.report.step).toBe('given')
    const later = structuredClone(told.view)
    later.secret.box!.contested = 3
    later.secret.box!.shares[0]!.given = true
    await trial.boxes.take_vote(later)
    await trial.boxes.take_vote({ ...later, secret: { ...later.secret, phase: 'opened' } })
    expect([trial.report.step, trial.report.contested, trial.given.length]).toEqual(['given', 3, 1])
  })
})
