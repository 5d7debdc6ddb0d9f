// What a teller does with the ballots of a box, on the teller's own page.

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
