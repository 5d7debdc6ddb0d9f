const first_spread_ms = 2000
const spread_max_ms = 5000
const growth = 1.5

/**
 * How long to wait before attempt number `failures` + 1: anywhere from 0 to 2 s, growing to 0 to 5 s.
 * Spread out, so that three thousand consoles do not knock at the same moment after a cut.
 */
export function reconnect_delay_ms(failures: number, random: () => number): number {
  return random() * Math.min(spread_max_ms, first_spread_ms * growth ** failures)
}
