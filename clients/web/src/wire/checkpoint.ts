const storage_key = 'plenum.checkpoint'

/** What a signed checkpoint says: the log's name and how many entries it has. Null for anything else. */
export function read_checkpoint(note: string): { origin: string; size: number } | null {
  const [origin, size] = note.split('\n')
  if (!origin || !size || !/^(0|[1-9]\d{0,15})$/.test(size)) return null
  return { origin, size: Number(size) }
}

/**
 * Keeps the newest signed checkpoint this browser has seen and shows it at every hello: a server whose log
 * is shorter than that was rolled back, and stops rather than go on. Nothing about anybody's choice is ever
 * stored.
 */
export class CheckpointKeeper {
  constructor(private readonly storage: Pick<Storage, 'getItem' | 'setItem'> | null) {}

  newest(): string | null {
    try {
      return this.storage?.getItem(storage_key) ?? null
    } catch {
      return null // A browser may forbid storage; the defence is then left to others.
    }
  }

  keep(note: string): void {
    const seen = read_checkpoint(note)
    const kept = read_checkpoint(this.newest() ?? '')
    // A log of another name has taken this address: its checkpoints are the ones to keep from now on.
    if (!seen || (kept && kept.origin === seen.origin && kept.size > seen.size)) return
    try {
      this.storage?.setItem(storage_key, note)
    } catch {
      // As above.
    }
  }
}
