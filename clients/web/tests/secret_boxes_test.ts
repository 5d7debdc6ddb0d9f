import { beforeAll, describe, expect, it } from 'vitest'
import { is_share, is_statement } from '../src/ballot/share'
import { ready, sodium } from '../src/ballot/sodium'
import { check_box, check_roll, is_refusal } from '../src/key_holder/box_check'
import { hex_of, refused_all } from '../src/key_holder/held_keys'
import { own_election } from '../src/key_holder/own_election'
import { from_content } from '../src/wire/content'
import { House, Trial } from './holder_house'

// What a key holder's page gives, when, and that it gives it once.

let house: House

describe('a holder’s share', () => {
  beforeAll(async () => {
    await ready
    house = new House()
  })

  it('waits for the holder, then stands in the file, then leaves, and holds', async () => {
    const trial = await new Trial(house, house.told()).begin()
    expect([trial.report.step, trial.given.length, trial.kept]).toEqual(['ready', 0, 0])
    await trial.press()
    expect([trial.report.step, trial.given.length, trial.kept]).toEqual(['given', 1, 1])
    const { told, keys } = trial
    const election = own_election(keys.shares[0]!, from_content(told.keys.holders[0]!.key!), told.keys)!
    const { files, people, documents, view } = told
    const [question] = documents.values()
    const lists = { list: files.get('list')!, acknowledgements: files.get('acknowledgements')! }
    const roll = check_roll(view, { question: question!, ...lists, people }, election, [])
    if (is_refusal(roll)) throw new Error(roll.fault)
    const box = await check_box(view, files.get('box')!, roll, () => {})
    if (is_refusal(box)) throw new Error(box.fault)
    const given = trial.given[0]!
    const [share, statement] = [from_content(given.share), from_content(given.statement)]
    expect(is_share(box.share_terms, election.keys, share, box.sums)).toBe(true)
    const said = { holder: 1, confirmed: 9, overridden: false, share: sodium.crypto_hash_sha256(share) }
    const key = from_content(told.keys.holders[0]!.key!)
    expect(is_statement(box.share_terms, said, key, statement)).toBe(true)
  })

  it('is the same bytes for the same box after a reload, and nothing for another box', async () => {
    const first = await new Trial(house, house.told()).begin()
    await first.press()
    const again = await new Trial(house, house.told(), first.keys).begin()
    expect(again.given).toEqual(first.given)
    const told = house.told()
    const box = { ...house.box, ballots: house.box.ballots.slice(1) }
    house.tell_box(told, box)
    const root = from_content(told.view.secret.box!.root)
    house.tell_confirmations(
      told,
      house.voters.map((voter) => house.confirmation(voter, root)),
    )
    const other = await new Trial(house, told, first.keys).begin()
    await other.press('a reason')
    expect([other.given.length, other.report.stop]).toEqual([0, 'other_box_given'])
  })

  it('does not leave before it is kept', async () => {
    const trial = await new Trial(house, house.told()).begin()
    trial.can_keep = false
    await trial.press()
    await trial.boxes.look_again()
    expect([trial.given.length, trial.report.step]).toEqual([0, 'not_kept'])
    trial.can_keep = true
    await trial.boxes.look_again()
    expect(trial.given.length).toBe(1)
  })

  it('needs a reason where something speaks against it', async () => {
    const few = new House(4)
    const trial = await new Trial(few, few.told()).begin()
    await trial.press()
    expect([trial.report.step, trial.report.reasons, trial.given]).toEqual(['asked', ['few_ballots'], []])
    await trial.press('decided by all three holders')
    expect([trial.given.length, trial.given[0]?.overridden]).toEqual([1, false])
    expect(trial.diary[0]?.reason).toBe('decided by all three holders')
    const silent = new House(7, 6)
    const waiting = await new Trial(silent, silent.told()).begin()
    expect(waiting.report.step).toBe('waiting')
    waiting.now_ms += 61_000
    await waiting.boxes.look_again()
    await waiting.press('three consoles are broken')
    expect([waiting.given[0]?.confirmed, waiting.given[0]?.overridden]).toEqual([6, true])
  })

  it('is not given under another program than the holder accepts, until the holder accepts it', async () => {
    const trial = await new Trial(house, house.told(), house.keys(), ['ab'.repeat(32)]).begin()
    await trial.press('a reason')
    expect([trial.given.length, trial.report.stop]).toEqual([0, 'other_build'])
    await trial.boxes.accept([hex_of(house.build)])
    expect([trial.report.step, trial.report.stop]).toEqual(['ready', null])
    // Changed again before the press: what was verified under it counts no more.
    await trial.boxes.accept(['cd'.repeat(32)])
    await trial.press()
    expect([trial.given.length, trial.report.stop]).toEqual([0, 'other_build'])
    await trial.boxes.accept([])
    await trial.press()
    expect(trial.given.length).toBe(1)
  })

  it('needs a reason for a repeat, also after a reload and whatever the server calls it', async () => {
    const first = await new Trial(house, house.told()).begin()
    await first.press()
    const second = new House(7, 9, 60, house.log)
    const told = second.told()
    expect(told.view.first_attempt).toBe(null)
    const hidden = await new Trial(second, told, first.keys).begin()
    await hidden.press()
    expect([hidden.report.step, hidden.report.reasons, hidden.given]).toEqual(['asked', ['repeated'], []])
    await hidden.press('decided by all three holders')
    expect(hidden.given.length).toBe(1)
  })

  it('is refused for what was prepared before the file came back', async () => {
    const keys = house.keys()
    keys.shares[0]!.refused_before = refused_all
    const trial = await new Trial(house, house.told(), keys).begin()
    await trial.press('a reason')
    expect([trial.given.length, trial.report.stop]).toEqual([0, 'restored'])
    expect(keys.shares[0]!.refused_before).toBe(1_000n)
  })
})
