/**
 * The server's clock as seen from here. A message is never younger than it says, so of all readings the one
 * that puts the server's clock furthest ahead is the one that travelled fastest, and the best.
 */
export class ServerClock {
  private offset_ms: number | null = null

  /** `at_ms` stood on a message that arrived when the local clock showed `local_ms`. */
  note(at_ms: number, local_ms: number): void {
    const offset = at_ms - local_ms
    if (this.offset_ms === null || offset > this.offset_ms) this.offset_ms = offset
  }

  /** Forgets old readings: the local clock may have been set while the link was down. */
  reset(): void {
    this.offset_ms = null
  }

  now_ms(local_ms: number): number {
    return local_ms + (this.offset_ms ?? 0)
  }
}

/** `0:59`, rounded up so that 0:00 means the time is over. */
export function format_countdown(left_ms: number): string {
  const seconds = Math.max(0, Math.ceil(left_ms / 1000))
  return `${Math.floor(seconds / 60)}:${String(seconds % 60).padStart(2, '0')}`
}

/** `09:30`, the same in both languages. */
export function format_time(at_ms: number): string {
  return new Date(at_ms).toLocaleTimeString('zh-CN', { hour: '2-digit', minute: '2-digit' })
}
