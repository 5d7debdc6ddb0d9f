import { input_prefix } from './access'

function read<Value>(key: string, initial: Value): Value {
  try {
    const text = sessionStorage.getItem(input_prefix + key)
    const value = text === null ? initial : JSON.parse(text)
    return typeof value === typeof initial ? value : initial
  } catch {
    return initial
  }
}

/**
 * A half-filled input that survives a reload and a cut: kept in this tab until `clear`, or until the person
 * leaves. Never for anything secret, and never for a choice in a vote.
 */
export class KeptInput<Value> {
  private current: Value

  constructor(
    private readonly key: string,
    private readonly initial: Value,
  ) {
    this.current = $state(read(key, initial))
  }

  get value(): Value {
    return this.current
  }

  set value(value: Value) {
    this.current = value
    try {
      sessionStorage.setItem(input_prefix + this.key, JSON.stringify(value))
    } catch {
      // It then lasts as long as the page.
    }
  }

  clear(): void {
    this.current = this.initial
    try {
      sessionStorage.removeItem(input_prefix + this.key)
    } catch {
      // Nothing was kept.
    }
  }
}
