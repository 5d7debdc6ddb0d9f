/** Records of a delimited text; `unclosed_row` is the record (from 1) whose quote never ends. */
export interface DelimitedText {
  rows: string[][]
  unclosed_row: number | null
}

const byte_order_mark = '\uFEFF'

/** The delimiter that the first line with any uses most: a tab as spreadsheets copy, a comma, a semicolon. */
export function detect_delimiter(text: string): string {
  for (const line of text.split(/\r\n|\r|\n/, 50)) {
    const bare = line.replace(/"[^"]*"/g, '')
    const found = ['\t', ',', ';'].map((mark) => ({ mark, times: bare.split(mark).length - 1 }))
    const best = found.reduce((a, b) => (b.times > a.times ? b : a))
    if (best.times > 0) return best.mark
  }
  return ','
}

/** Reads RFC 4180 and what programs make of it: any line ends, quotes doubled, line breaks within quotes. */
export function parse_delimited(text: string, delimiter = detect_delimiter(text)): DelimitedText {
  const reader = new Reader(text.startsWith(byte_order_mark) ? text.slice(1) : text, delimiter)
  return reader.read()
}

class Reader {
  private readonly rows: string[][] = []
  private row: string[] = []
  private at = 0
  private unclosed_row: number | null = null

  constructor(
    private readonly text: string,
    private readonly delimiter: string,
  ) {}

  read(): DelimitedText {
    while (this.at < this.text.length) {
      this.row.push(this.text[this.at] === '"' ? this.quoted() : this.plain())
      this.after_cell()
    }
    if (this.row.length > 0) this.end_row()
    return { rows: this.rows, unclosed_row: this.unclosed_row }
  }

  private plain(): string {
    const start = this.at
    while (this.at < this.text.length && !this.at_end_of_cell()) this.at++
    return this.text.slice(start, this.at)
  }

  private quoted(): string {
    let cell = ''
    this.at++
    for (;;) {
      const quote = this.text.indexOf('"', this.at)
      if (quote < 0) {
        this.unclosed_row ??= this.rows.length + 1
        cell += this.text.slice(this.at)
        this.at = this.text.length
        return cell
      }
      cell += this.text.slice(this.at, quote)
      this.at = quote + 1
      if (this.text[this.at] !== '"') return cell + this.plain() // What stands behind a quote belongs to it.
      cell += '"'
      this.at++
    }
  }

  private at_end_of_cell(): boolean {
    const mark = this.text[this.at]
    return mark === this.delimiter || mark === '\n' || mark === '\r'
  }

  private after_cell(): void {
    const mark = this.text[this.at]
    this.at++
    if (mark === this.delimiter) {
      if (this.at === this.text.length) this.row.push('')
      return
    }
    if (mark === '\r' && this.text[this.at] === '\n') this.at++
    this.end_row()
  }

  private end_row(): void {
    this.rows.push(this.row)
    this.row = []
  }
}

/** CSV as Excel opens it rightly: UTF-8 with a byte order mark, CR LF. */
export function write_csv(rows: readonly (readonly string[])[]): string {
  const cell = (text: string) =>
    /[",;\t\r\n]|^\s|\s$/.test(text) ? `"${text.replaceAll('"', '""')}"` : text
  return byte_order_mark + rows.map((row) => `${row.map(cell).join(',')}\r\n`).join('')
}
