import { beforeAll, describe, expect, it } from 'vitest'
import { compare, type BoxRecord } from '../src/ballot/box_file'
import { joined } from '../src/ballot/fields'
import { scalar_of, times_generator, type Point } from '../src/ballot/group'
import { make_spoil } from '../src/ballot/spoil'
import { ready } from '../src/ballot/sodium'
import { u32_bytes } from '../src/ballot/transcript'
import { from_content, to_content } from '../src/wire/content'
import type { RollAnswer } from '../src/wire/types'
import { digest, hex, seeded } from './ballot_days'
import { House, Trial, type Signed, type Told } from './holder_house'
import { held, record_of, seated, exchange } from './holder_rooms'

// Every way in which a server could lie to a key holder's page about one sealed box. Whatever it says,
// no share
// leaves, nothing is written into the ledger, also when the holder presses the button, and the page says why.

type Lie = [name: string, tell: (told: Told) => void, said: string]

let house: House
const content_of = (text: string) => to_content(digest(text))

async function try_all(lies: Lie[], builds: string[] = []): Promise<void> {
  for (const [name, tell, said] of lies) {
    const told = house.told()
    tell(told)
    const trial = await new Trial(house, told, house.keys(), builds).begin()
    await trial.press()
    trial.now_ms += 600_000
    await trial.boxes.look_again()
    await trial.press()
    expect(trial.given, name).toEqual([])
    expect(trial.keys.given.size, name).toBe(0)
    const report = trial.boxes.reports[0]
    expect(report ? (report.stop ?? report.step) : 'none', name).toBe(said)
  }
}

const flipped = (bytes: Uint8Array, at: number) => {
  const changed = bytes.slice()
  changed[at]! ^= 1
  return changed
}
const changed_content = (content: string, at: number) => to_content(flipped(from_content(content), at))

const acknowledged = (change: (all: Signed[]) => void) => (told: Told) => {
  const all = house.voters.map((voter) => house.acknowledgement(voter))
  change(all)
  house.tell_acknowledgements(told, all)
}

/** A box that differs, with root, figures and digest to match. */
const boxed = (change: (box: { ballots: BoxRecord[]; spoils: BoxRecord[] }) => void) => (told: Told) => {
  const box = { ballots: [...house.box.ballots], spoils: [...house.box.spoils] }
  change(box)
  house.tell_box(told, box)
}

const rewritten = (record: BoxRecord, at: number) => house.sorted([flipped(record.bytes, at)])[0]!

const confirmed = (change: (all: Signed[]) => Signed[]) => (told: Told) => {
  house.tell_confirmations(told, change(house.voters.map((voter) => house.confirmation(voter))))
}

describe('a lying server gets nothing', () => {
  beforeAll(async () => {
    await ready
    house = new House()
  })

  it('about the key and the vote', async () => {
    const other = seated('another room', 2, 3)
    for (const step of ['commit', 'open', 'agree'] as const) exchange(other, step)
    await try_all([
      [
        'another meeting',
        (told) => (told.view.secret.meeting_id = changed_content(told.view.secret.meeting_id, 3)),
        'none',
      ],
      [
        'another id',
        (told) => (told.view.secret.vote_id = changed_content(told.view.secret.vote_id, 3)),
        'other_vote',
      ],
      ['another number', (told) => (told.view.id = 41), 'other_vote'],
      [
        'another election key',
        (told) => (told.view.secret.election_key = to_content(times_generator(scalar_of(5n)))),
        'other_key',
      ],
      ['other key holders', (told) => (told.view.secret.key_holders = content_of('others')), 'other_key'],
      ['one holder is enough', (told) => (told.view.secret.threshold = 1), 'other_key'],
      [
        'the transcript of another ceremony',
        (told) =>
          record_of(other).holders.forEach(({ commit, open, agree }, at) => {
            const said = { commit: to_content(commit), open: to_content(open), agree: to_content(agree) }
            Object.assign(told.keys.holders[at]!, said)
          }),
        'no_record',
      ],
      [
        'a changed message',
        (told) => (told.keys.holders[2]!.open = changed_content(told.keys.holders[2]!.open!, 40)),
        'no_record',
      ],
      ['no transcript', (told) => (told.keys.holders[1]!.agree = null), 'no_record'],
      ['holders in another order', (told) => told.keys.holders.reverse(), 'no_record'],
      [
        'another meeting’s id',
        (told) => (told.keys.meeting_id = changed_content(told.keys.meeting_id, 1)),
        'no_record',
      ],
    ])
  })

  it('about the question', async () => {
    const asked = (change: object) => (told: Told) =>
      house.tell_question(told, { ...house.question, ...change })
    const { shape } = { shape: house.told().view.secret.shape }
    await try_all([
      ['another text', asked({ text: content_of('another text') }), 'other_question'],
      ['the text shown is another', (told) => (told.view.text = content_of('shown')), 'other_question'],
      [
        'not the blob it names',
        (told) => told.documents.forEach((bytes, name) => told.documents.set(name, flipped(bytes, 3))),
        'other_question',
      ],
      ['another shape', asked({ shape: { ...shape, options: 4 } }), 'other_shape'],
      [
        'the shape shown is another',
        (told) => (told.view.secret.shape = { ...shape, rows: 2 }),
        'other_shape',
      ],
      ['other labels', asked({ labels: ['决议', '弃权', '反对', '赞成'] }), 'other_question'],
      ['another title is shown', (told) => (told.view.title = '别的决议'), 'other_question'],
      ['another version', asked({ v: 2 }), 'other_question'],
      ['no question', (told) => told.documents.clear(), 'missing'],
    ])
  })

  it('about the list', async () => {
    const listed = (change: (list: Point[]) => void) => (told: Told) => {
      const list = [...house.list]
      change(list)
      house.tell_list(told, list.sort(compare))
    }
    const written = (list: Point[]) => (told: Told) =>
      void told.files.set('list', joined(u32_bytes(list.length), ...list))
    const stranger = house.pseudonym_of(house.voter('stranger'))
    const [first, second, ...rest] = house.list as [Point, Point, ...Point[]]
    const roll = (changes: object) => (told: Told) => void Object.assign(told.view.secret.roll!, changes)
    await try_all([
      ['a round that was replayed', roll({ round: 1 }), 'bad_acknowledgements'],
      ['no round', roll({ round: 0 }), 'bad_roll'],
      [
        'another Gv',
        roll({ vote_generator: to_content(times_generator(scalar_of(9n))) }),
        'bad_acknowledgements',
      ],
      ['Gv is nothing', roll({ vote_generator: to_content(new Uint8Array(32)) }), 'bad_roll'],
      ['Gv cannot be read', roll({ vote_generator: '*' }), 'unreadable'],
      ['another rule', roll({ rule: content_of('other') }), 'bad_acknowledgements'],
      ['a stranger more', listed((list) => list.push(stranger)), 'bad_people'],
      ['a stranger instead of a member', listed((list) => (list[4] = stranger)), 'bad_acknowledgements'],
      ['a member less', listed((list) => list.pop()), 'bad_people'],
      ['another root', roll({ roll_root: content_of('other') }), 'other_list'],
      ['another length', roll({ list_length: 8 }), 'other_list'],
      ['out of order', written([second, first, ...rest]), 'bad_list'],
      ['somebody twice', written([first, first, ...rest]), 'bad_list'],
      ['more than are there', (told) => (told.view.present = 8), 'other_present'],
    ])
  })

  it('about the consoles', async () => {
    const stranger = house.voter('stranger')
    const device = to_content(stranger.device.public_key)
    const peopled = (change: (members: RollAnswer['members']) => void) => (told: Told) =>
      change(told.people.members)
    const before = { ...house.context, round: 1 }
    await try_all([
      ['one acknowledgement less', acknowledged((all) => all.pop()), 'missing_acknowledgement'],
      [
        'one more',
        acknowledged((all) => all.push(house.acknowledgement(stranger))),
        'foreign_acknowledgement',
      ],
      [
        'a stranger’s instead',
        acknowledged((all) => (all[2] = house.acknowledgement(stranger))),
        'foreign_acknowledgement',
      ],
      [
        'a forged one',
        acknowledged((all) => (all[3]!.signature = flipped(all[3]!.signature, 9))),
        'foreign_acknowledgement',
      ],
      [
        'one console ran another program',
        acknowledged(
          (all) => (all[5] = house.acknowledgement(house.voters[5]!, house.context, digest('altered'))),
        ),
        'other_build',
      ],
      [
        'those of the round before',
        acknowledged((all) =>
          house.voters.forEach((voter, at) => (all[at] = house.acknowledgement(voter, before))),
        ),
        'foreign_acknowledgement',
      ],
      ['a person more', peopled((all) => all.push({ person: 50, name: 'A', device })), 'bad_people'],
      ['a person less', peopled((all) => all.pop()), 'bad_people'],
      ['two persons with one console', peopled((all) => (all[1]!.device = all[0]!.device)), 'bad_people'],
      ['a person twice', peopled((all) => (all[1]!.person = all[0]!.person)), 'bad_people'],
      ['the server’s own console', peopled((all) => (all[4]!.device = device)), 'foreign_acknowledgement'],
    ])
    await try_all([['no console ran the pinned program', () => {}, 'other_build']], [hex(digest('pinned'))])
  })

  it('about the box', async () => {
    const stranger = house.voter('stranger')
    const { ballots } = house.box
    const without_root = (told: Told) => {
      const { root } = told.view.secret.box!
      boxed((box) => box.ballots.pop())(told)
      told.view.secret.box!.root = root
    }
    const without_figures = (told: Told) => {
      boxed((box) => box.ballots.pop())(told)
      told.view.secret.box!.ballots += 1
    }
    const without_asking = (told: Told) => {
      boxed((box) => box.ballots.pop())(told)
      told.files.delete('confirmations')
    }
    const silent = house.pseudonym_of(house.voters[7]!)
    const copy = joined(ballots[0]!.bytes.slice(0, 17), silent, ballots[0]!.bytes.slice(49))
    const copied = boxed(
      (box) => (box.ballots = house.sorted([...ballots.map(({ bytes }) => bytes), copy])),
    )
    const foreign = (box: { ballots: BoxRecord[] }) => {
      const added = house.ballot(stranger, 1, 5)
      box.ballots = house.sorted([...ballots.map(({ bytes }) => bytes), added])
    }
    const spoil = make_spoil(house.terms, stranger.secret, 5, seeded('foreign spoil'))
    await try_all([
      ['a dropped ballot, the root as it was', without_root, 'other_root'],
      ['a dropped ballot, the figures as they were', without_figures, 'other_count'],
      ['a dropped ballot with its own root', boxed((box) => box.ballots.pop()), 'bad_confirmations'],
      ['a dropped ballot, and nobody asked', without_asking, 'asked'],
      ['a dropped spoil', boxed((box) => (box.spoils = [])), 'bad_confirmations'],
      ['another digest', (told) => (told.view.secret.box!.file = content_of('another')), 'bad_box'],
      [
        'a ballot with a changed byte',
        boxed((box) => (box.ballots[2] = rewritten(box.ballots[2]!, box.ballots[2]!.bytes.length - 40))),
        'bad_ballot',
      ],
      [
        'a ballot with another seq',
        boxed((box) => (box.ballots[0] = rewritten(box.ballots[0]!, 49))),
        'bad_ballot',
      ],
      ['a foreign ballot', boxed(foreign), 'foreign_ballot'],
      ['a ballot for a silent member', copied, 'bad_ballot'],
      [
        'ballots of another vote',
        (told) => new House(7, 9, 41).tell_box(told, new House(7, 9, 41).box),
        'bad_box',
      ],
      ['a forged spoil', boxed((box) => (box.spoils[0] = rewritten(box.spoils[0]!, 49))), 'bad_spoil'],
      ['a foreign spoil', boxed((box) => (box.spoils = house.sorted([spoil]))), 'foreign_spoil'],
      ['no box file', (told) => told.files.delete('box'), 'missing'],
      ['an empty file', (told) => told.files.set('box', new Uint8Array(0)), 'bad_box'],
    ])
  })

  it('about the confirmations', async () => {
    const stranger = house.confirmation(house.voter('stranger'))
    await try_all([
      ['two thirds and no more', confirmed((all) => all.slice(0, 6)), 'asked'],
      ['none', (told) => told.files.delete('confirmations'), 'asked'],
      ['a stranger’s among them', confirmed((all) => [stranger, ...all.slice(1)]), 'foreign_confirmation'],
      ['a stranger’s besides', confirmed((all) => [...all, stranger]), 'foreign_confirmation'],
      [
        'a forged one',
        confirmed((all) => [{ ...all[0]!, signature: flipped(all[0]!.signature, 5) }, ...all.slice(1)]),
        'foreign_confirmation',
      ],
      ['one seven times', confirmed((all) => Array(7).fill(all[0])), 'bad_confirmations'],
      [
        'those of another root',
        (told) => {
          const { box } = told.view.secret
          const root = box!.root
          box!.root = content_of('another root')
          house.tell_confirmations(
            told,
            house.voters.map((voter) => house.confirmation(voter)),
          )
          box!.root = root
        },
        'bad_confirmations',
      ],
    ])
  })
})

describe('what the lies are compared with', () => {
  it('is a room that makes another key', () => {
    expect(held('another room').election.words).not.toBe(house.ceremony.election.words)
  })
})
