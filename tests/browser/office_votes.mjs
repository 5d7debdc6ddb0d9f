// How the office prepares a vote on its own page: the form from the press that opens it to the one that
// stores it.
import { done } from './day.mjs'

/** Chooses the first option of a list of choices that has these words. */
export async function choose(office, what, words) {
  const option = office.locator(`[data-do=${what}] option`, { hasText: words }).first()
  await office.locator(`[data-do=${what}]`).selectOption(await option.getAttribute('value'))
}

/** Opens the form with the first rule that has these words in its name; on an item, or on none. */
export async function begin_vote(office, rule, item = null) {
  await office.locator('[data-do=prepare-vote]').click()
  if (item) {
    await office.locator('[data-do=adopts-agenda]').uncheck()
    await choose(office, 'vote-item', item)
  }
  await choose(office, 'rule', rule)
}

/** What stands on the ballot; a rule for lists leaves nothing to choose there. */
async function form_of(office, form) {
  const select = office.locator('[data-do=ballot-form]')
  if (await select.isEnabled()) await select.selectOption(form)
}

/** Names stand on the ballot, of this kind of list and for so many places. */
export async function put_list(office, kind, names, seats) {
  await form_of(office, 'list')
  await office.locator('[data-do=list-kind]').selectOption(kind)
  await office.locator('[data-do=names]').fill(names.join('\n'))
  await office.locator('[data-do=seats]').fill(String(seats))
}

/** Each of these is given a grade. */
export async function put_grades(office, objects) {
  await form_of(office, 'grades')
  await office.locator('[data-do=names]').fill(objects.join('\n'))
}

/** Stores it under this title, or the one it has; what has no text yet is put to the vote by its title. */
export async function store_vote(office, title = '') {
  if (title) await office.locator('[data-do=vote-title]').fill(title)
  if ((await office.locator('[data-do=vote-text]').inputValue()) === '')
    await office.locator('[data-do=vote-text]').fill(title)
  await office.locator('[data-do=store-vote]').click()
  await done(office, '已准备')
}

/** One vote a line, put one after another. */
export async function store_series(office, titles) {
  await office.locator('[data-do=series]').check()
  await office.locator('[data-do=vote-text]').fill(titles.join('\n'))
  await store_vote(office)
}
