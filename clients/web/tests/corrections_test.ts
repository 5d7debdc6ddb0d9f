import { describe, expect, it } from 'vitest'
import { entries_of } from '../src/office/entries'
import { a_sitting, a_vote, an_agenda, an_item } from './views'

describe('what a correction can name', () => {
  it('is all that a meeting has made, by the number of its entry', () => {
    const closed = an_item(33, 'draft', { number: '二、', is_closed: true })
    const agenda = an_agenda([an_item(31, 'draft'), closed, an_item(34, 'draft', { parent: 33 })])
    const sittings = [a_sitting({ id: 41, title: '乙' }), a_sitting(), a_sitting({ id: 45, meeting: 44 })]
    const votes = [a_vote({ id: 52 }), a_vote(), a_vote({ id: 53, sitting: 45 })]
    const lines = entries_of(agenda, sittings, votes)
    expect(lines.map((one) => `${one.kind} ${one.entry}`)).toEqual([
      'meeting 30',
      'sitting 40',
      'sitting 41',
      'item 31',
      'item 33',
      'item 34',
      'vote 51',
      'vote 52',
    ])
    expect(lines.find((one) => one.entry === 31)).toMatchObject({ number: '一、', words: '议题31' })
    // A correction is public: the words of a closed item, or of one below it, are not put into it.
    expect(lines.filter((one) => one.is_closed).map((one) => one.entry)).toEqual([33, 34])
  })
})
