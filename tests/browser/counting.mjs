// What a teller does on the teller's own page, with the ballots of a box or with hands.

/** Fills in the figures of the box and the lines, and sends them; `invalid` where the form asks for it. */
export async function count_ballots(page, { issued, collected, invalid, rows, room }) {
  if (room) await page.locator('[data-do=room]').selectOption(room)
  await page.locator('#ballots-issued').fill(String(issued))
  await page.locator('#ballots-collected').fill(String(collected))
  if (invalid !== undefined) await page.locator('#ballots-invalid').fill(String(invalid))
  for (const [at, row] of rows.entries())
    for (const [column, number] of row.entries())
      await page.locator(`#ballots-${at}-${column}`).fill(String(number))
  await page.locator('[data-ballots] button[type=submit]').click()
  await page.locator('[data-ballots] [data-sent]').waitFor()
}

/** Fills in the hands of the vote at hand, and sends them. */
export async function count_hands(teller, approve, oppose, abstain) {
  for (const [label, number] of [['赞成', approve], ['反对', oppose], ['弃权', abstain]])
    await teller.getByLabel(label, { exact: true }).fill(String(number))
  await teller.getByRole('button', { name: /报数$/ }).click()
  await teller.locator('[data-sent]', { hasText: `赞成 ${approve}` }).waitFor()
}
