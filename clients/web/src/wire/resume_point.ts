/**
 * Figures are collected by the server for a tenth of a second; well after that, everything about a number
 * was sent.
 */
const settled_after_ms = 1000

/**
 * From where to ask the server to continue after a cut. Several messages carry the same number, and the
 * link may break between them: only a number after which messages kept coming for a while is known to be
 * complete. Asking for too much is harmless, because views are whole.
 */
export class ResumePoint {
  private complete: number | null = null
  private open: { seq: number; since_ms: number }[] = []

  /** A snapshot shows everything up to `seq`. */
  snapshot(seq: number): void {
    this.complete = seq
    this.open = []
  }

  /** A message arrived; `seq` is its number, or null when it carries none. */
  heard(seq: number | null, now_ms: number): void {
    while (this.open[0] && now_ms - this.open[0].since_ms >= settled_after_ms) {
      this.complete = this.open.shift()!.seq
    }
    const newest = this.open.at(-1)?.seq ?? this.complete
    if (seq !== null && newest !== null && seq > newest) this.open.push({ seq, since_ms: now_ms })
  }

  /** After a cut: nothing that arrived before it settles by what arrives later. */
  cut(): void {
    this.open = []
  }

  /** Null: nothing is known yet, ask for a snapshot. */
  get since(): number | null {
    return this.complete
  }
}
