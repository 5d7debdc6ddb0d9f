import { describe, expect, it } from 'vitest'
import { combined_parts, held_parts, may_be_split, persons_of } from '../src/state/combined'
import { vote_at_hand } from '../src/state/next_step'
import { oaths, override_key } from '../src/state/sequels'
import type { CombinedMatter, VoteView } from '../src/wire/types'
import { a_result, a_sitting, a_vote } from './views'

const { matter } = a_vote()

function appointing(name: string): CombinedMatter {
  return { title: `任命${name}`, personnel: { action: 'appoint', name, post: '审判员' } }
}

const three = [appointing('甲'), appointing('乙'), { title: '第三条', personnel: null }]
const taken_out = [{ position: 2, vote: 52, asked_by: '李代表' }]

function combined(changes: Partial<VoteView> = {}): VoteView {
  return a_vote({ item: null, matter: { ...matter, combined: three, taken_out }, ...changes })
}

describe('what is put together', () => {
  it('says what it still holds and who asked for the rest', () => {
    expect(combined_parts(combined()).map((part) => part.asked_by)).toEqual([null, '李代表', null])
    expect(held_parts(combined()).map((part) => part.title)).toEqual(['任命甲', '第三条'])
    expect(persons_of(combined()).map((one) => one.name)).toEqual(['甲'])
    expect(combined_parts(a_vote())).toEqual([])
  })

  it('may be taken apart until it is put, and never the last of it', () => {
    expect(may_be_split(combined())).toBe(true)
    expect(may_be_split(combined({ state: 'open' }))).toBe(false)
    expect(may_be_split(combined({ state: 'voided', void_reason: 'disorder' }))).toBe(true)
    expect(may_be_split(combined({ state: 'voided', void_reason: 'withdrawn' }))).toBe(false)
    const all_but_one = [...taken_out, { position: 3, vote: 53, asked_by: '李代表' }]
    const last = { ...matter, combined: three, taken_out: all_but_one }
    expect(may_be_split(combined({ matter: last }))).toBe(false)
    expect(may_be_split(a_vote())).toBe(false)
  })

  it('comes after what was taken out', () => {
    const split = { vote: 51, position: 2, asked_by: '李代表' }
    const apart = a_vote({ id: 52, item: null, matter: { ...matter, split } })
    const sitting = a_sitting({ active_item: null })
    expect(vote_at_hand(sitting, [combined(), apart])!.id).toBe(52)
  })

  it('lets everybody it held take the oath', () => {
    const passed = combined({ state: 'announced', result: a_result() })
    expect(oaths([passed]).flatMap((oath) => oath.names)).toEqual(['甲'])
  })

  it('says in words that a paper differs', () => {
    expect(override_key('text_differs')).toBe('override.text_differs')
  })
})
