/** What time it is for everything canned. A test that wants the same picture every time stops it. */
export const clock = { now_ms: () => Date.now() }
