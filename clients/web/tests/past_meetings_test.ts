import { beforeAll, describe, expect, it } from 'vitest'
import { ready } from '../src/ballot/sodium'
import { is_erased } from '../src/key_holder/held_keys'
import { from_content } from '../src/wire/content'
import type { AgendaView } from '../src/wire/types'
import { record_id } from '../verify/src/ids'
import { is_erasure } from '../verify/src/statements'
import { House, me, Trial } from './holder_house'

// A meeting is over: a holder's page erases its share, and the holder signs that on a press.

const meeting = 7
const archived = { meeting, state: 'archived' } as AgendaView

let house: House

function closed() {
  const told = house.told()
  told.view.secret.phase = 'opened'
  return told
}

async function over(trial: Trial): Promise<Trial> {
  await trial.begin()
  await trial.boxes.take_agenda(archived)
  return trial
}

describe('when the meeting is over', () => {
  beforeAll(async () => {
    await ready
    house = new House()
  })

  it('the share is erased by itself, and the statement waits for a press', async () => {
    const trial = await over(new Trial(house, closed()))
    expect(trial.keys.shares.map(is_erased)).toEqual([true])
    expect([trial.kept, trial.stated.length]).toEqual([1, 0])
    expect(trial.boxes.owed).toEqual([{ meeting, refused: null }])
    await trial.boxes.state_erased(meeting)
    const [said] = trial.stated
    const { holders, key_holders } = trial.told.keys
    expect(
      is_erasure({
        origin: house.origin,
        meeting: record_id(house.origin, 'meeting.created', meeting),
        key_holders: from_content(key_holders!),
        holder: 1,
        key: from_content(holders[0]!.key!),
        signature: from_content(said!.statement),
      }),
    ).toBe(true)
    expect([trial.keys.shares, trial.boxes.owed, trial.kept]).toEqual([[], [], 2])
  })

  it('nothing is erased while a box waits', async () => {
    const trial = await over(new Trial(house, house.told()))
    expect(trial.keys.shares.map(is_erased)).toEqual([false])
    await trial.boxes.state_erased(meeting)
    expect(trial.stated).toEqual([])
  })

  it('a page that was closed in between still owes it, with the same bytes', async () => {
    const first = await over(new Trial(house, closed()))
    first.refusal = { zh: '稍后', en: 'later' }
    await first.boxes.state_erased(meeting)
    expect(first.boxes.owed).toEqual([{ meeting, refused: first.refusal }])
    const again = await over(new Trial(house, closed(), first.keys))
    expect(again.boxes.deceived_in).toEqual([])
    expect(again.boxes.owed).toHaveLength(1)
    await again.boxes.state_erased(meeting)
    expect(again.stated).toEqual(first.stated)
    expect(again.keys.shares).toEqual([])
  })

  it('what is on record already is not owed any more', async () => {
    const trial = await over(new Trial(house, closed()))
    await trial.boxes.take_keys({ ...trial.told.keys, erased: [me] })
    expect([trial.keys.shares, trial.boxes.owed, trial.stated]).toEqual([[], [], []])
  })

  it('an erased share opens nothing', async () => {
    const keys = house.keys()
    keys.shares[0]!.share.fill(0)
    const trial = await new Trial(house, house.told(), keys).begin()
    await trial.press('a reason')
    expect([trial.given, trial.boxes.reports, trial.boxes.deceived_in]).toEqual([[], [], []])
  })
})
