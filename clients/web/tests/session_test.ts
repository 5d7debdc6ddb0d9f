import { afterEach, describe, expect, it, vi } from 'vitest'
import { Session } from '../src/session/session.svelte'
import { CheckpointKeeper } from '../src/wire/checkpoint'
import { FakeSocket } from './fake_socket'

const day_ms = 86_400_000
const server_ms = 1_768_543_200_000

/** A session whose device shows `device_ms`, just welcomed by a server whose clock shows `server_ms`. */
function welcomed(device_ms: number): { session: Session; socket: FakeSocket } {
  vi.useFakeTimers({ now: device_ms })
  const socket = new FakeSocket()
  const session = new Session('CODE', new CheckpointKeeper({ getItem: () => null, setItem: () => {} }), {
    open_socket: () => socket,
    now_ms: () => Date.now(),
    random: () => 0.5,
    set_timer: setTimeout,
    clear_timer: (timer) => clearTimeout(timer as ReturnType<typeof setTimeout>),
  })
  session.take_back()
  socket.welcome({ at_ms: server_ms })
  return { session, socket }
}

describe('the clock of a session', () => {
  afterEach(() => void vi.useRealTimers())

  for (const off_ms of [-day_ms, 0, day_ms]) {
    it(`is the server's before anything is drawn, on a device ${off_ms / day_ms} days off`, () => {
      expect(welcomed(server_ms + off_ms).session.now_ms).toBe(server_ms)
    })
  }

  it('follows every message that tells the time', () => {
    const { session, socket } = welcomed(server_ms - day_ms)
    vi.advanceTimersByTime(1000)
    socket.notify('vote.changed', { seq: 11, at_ms: server_ms + 1000, vote: { id: 1 } })
    expect(session.now_ms).toBe(server_ms + 1000)
  })
})
