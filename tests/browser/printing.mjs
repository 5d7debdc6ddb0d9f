// What a page comes to on paper, as Chromium prints it.

const a4_points = [595, 842]

/** Prints a page as its own style says; how many sheets it takes and of what size in points. */
export async function printed(page) {
  const session = await page.context().newCDPSession(page)
  const { data } = await session.send('Page.printToPDF', { preferCSSPageSize: true })
  await session.detach()
  const pdf = Buffer.from(data, 'base64').toString('latin1')
  const sheets = [...pdf.matchAll(/\/Type\s*\/Page\b/g)].length
  const sizes = [...pdf.matchAll(/\/MediaBox\s*\[\s*0 0 ([\d.]+) ([\d.]+)\s*\]/g)]
  return { sheets, sizes: sizes.map(([, width, height]) => [Math.round(width), Math.round(height)]) }
}

/** Nothing where it prints to one sheet of A4; otherwise what it prints to, in words. */
export async function misfit_of_a4(page, name) {
  const { sheets, sizes } = await printed(page)
  const is_a4 = sizes.every((size) => size.every((points, at) => Math.abs(points - a4_points[at]) <= 2))
  if (sheets === 1 && sizes.length === 1 && is_a4) return []
  return [`${name}: ${sheets} sheets of ${sizes.join(' and ')}`]
}
