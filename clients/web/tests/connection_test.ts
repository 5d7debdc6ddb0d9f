import { describe, expect, it } from 'vitest'
import { RequestRefused } from '../src/wire/connection'
import { FakeWorld } from './fake_socket'

const cast = { vote: 51, choice: 'approve' } as const
const receipt = { seq: 12, at_ms: 0, leaf: 'x' }

describe('saying hello', () => {
  it('comes first, with the code and nothing to resume', () => {
    const world = new FakeWorld()
    world.connection.start()
    world.socket.onopen?.({})
    expect(world.socket.sent).toHaveLength(1)
    expect(world.socket.last.method).toBe('hello')
    expect(world.socket.last.params).toEqual({ code: 'CODE', since: null, checkpoint: null })
    expect(world.link).toBe('connecting')
  })

  it('holds requests back until it is answered', () => {
    const world = new FakeWorld()
    void world.connection.request('vote.cast', cast)
    world.connection.start()
    world.socket.onopen?.({})
    expect(world.socket.sent.map((one) => one.method)).toEqual(['hello'])
    world.socket.sent.pop()
    world.socket.welcome()
    expect(world.socket.sent.map((one) => one.method)).toEqual(['hello', 'vote.cast'])
  })

  it('ends for good when the code is unknown', () => {
    const world = new FakeWorld()
    world.connection.start()
    world.socket.onopen?.({})
    world.socket.refuse('unknown_code')
    expect(world.link).toBe('refused')
    expect(world.refusal?.data.refusal).toBe('unknown_code')
    world.pass(60_000)
    expect(world.sockets).toHaveLength(1)
  })

  it('is tried again when the server is only busy', () => {
    const world = new FakeWorld()
    world.connection.start()
    world.socket.onopen?.({})
    world.socket.refuse('busy')
    world.pass(5000)
    expect(world.sockets).toHaveLength(2)
  })

  it('shows the newest checkpoint seen, so that a rolled-back server is found out', () => {
    const world = new FakeWorld().connected()
    world.socket.cut()
    world.pass(5000)
    world.socket.onopen?.({})
    expect(world.socket.last.params.checkpoint).toMatch(/^test\n10\n/)
  })
})

describe('a request', () => {
  it('is answered by the message with its id', async () => {
    const world = new FakeWorld().connected()
    const answer = world.connection.request('vote.cast', cast)
    expect(world.socket.last).toMatchObject({ method: 'vote.cast', params: cast })
    world.socket.answer(receipt)
    expect(await answer).toEqual(receipt)
    expect(world.pending).toEqual([])
  })

  it('is refused with the words of the server', async () => {
    const world = new FakeWorld().connected()
    const answer = world.connection.request('vote.cast', cast)
    world.socket.refuse('vote_not_open')
    await expect(answer).rejects.toBeInstanceOf(RequestRefused)
    expect(world.pending).toEqual([])
  })

  it('is sent again after a cut, under the same id, until it is answered', async () => {
    const world = new FakeWorld().connected()
    const answer = world.connection.request('vote.cast', cast)
    const id = world.socket.last.id
    for (let cut = 0; cut < 3; cut++) {
      world.socket.cut()
      expect(world.link).toBe('waiting')
      expect(world.pending.map((one) => one.id)).toEqual([id])
      world.pass(5000)
      world.socket.welcome({ resumed: true })
      expect(world.socket.last).toMatchObject({ id, method: 'vote.cast', params: cast })
    }
    world.socket.answer(receipt)
    expect(await answer).toEqual(receipt)
  })

  it('made while the link is down goes out when it is back', () => {
    const world = new FakeWorld().connected()
    world.socket.cut()
    void world.connection.request('vote.cast', cast)
    expect(world.pending).toHaveLength(1)
    world.pass(5000)
    world.socket.welcome({ resumed: true })
    expect(world.socket.last).toMatchObject({ method: 'vote.cast' })
  })

  it('waits until the one before it is answered', () => {
    const world = new FakeWorld().connected()
    void world.connection.request('vote.cast', cast)
    void world.connection.request('vote.cast', { ...cast, choice: 'oppose' })
    expect(world.socket.sent.filter((one) => one.method === 'vote.cast')).toHaveLength(1)
    world.socket.answer(receipt)
    const casts = world.socket.sent.filter((one) => one.method === 'vote.cast')
    expect(casts.map((one) => one.params.choice)).toEqual(['approve', 'oppose'])
    expect(casts[0]!.id).not.toBe(casts[1]!.id)
  })

  it('that found the server busy is sent again under its id', async () => {
    const world = new FakeWorld().connected()
    const answer = world.connection.request('vote.cast', cast)
    const id = world.socket.last.id
    const before = world.socket.sent.length
    world.socket.refuse('busy')
    expect(world.socket.sent).toHaveLength(before)
    world.pass(2000)
    expect(world.socket.sent).toHaveLength(before + 1)
    expect(world.socket.last.id).toBe(id)
    world.socket.answer(receipt)
    expect(await answer).toEqual(receipt)
  })
})

describe('the link', () => {
  it('is given up when a request stays without an answer', () => {
    const world = new FakeWorld().connected()
    void world.connection.request('vote.cast', cast)
    world.pass(10_000)
    expect(world.sockets[0]!.is_closed).toBe(true)
    expect(world.link).not.toBe('open')
  })

  it('is tested when nothing was heard for a while, and any answer is a sign of life', () => {
    const world = new FakeWorld().connected()
    world.pass(10_000)
    expect(world.socket.last).toMatchObject({ method: 'ping', params: {} })
    expect(world.pending).toEqual([]) // Nothing a person waits for.
    world.socket.answer({ seq: 10, at_ms: 0 })
    expect(world.link).toBe('open')
    world.pass(10_000)
    expect(world.socket.last.method).toBe('ping')
    world.socket.say({ id: world.socket.last.id, error: { code: -32601, message: 'method', data: {} } })
    expect(world.link).toBe('open') // A server older than this page is alive as well.
    world.pass(20_000)
    expect(world.link).not.toBe('open')
  })

  it('forgets a test that was cut off', () => {
    const world = new FakeWorld().connected()
    world.pass(10_000)
    world.socket.cut()
    world.pass(5000)
    world.socket.welcome({ resumed: true })
    expect(world.socket.sent.map((one) => one.method)).toEqual(['hello'])
  })

  it('stays down when the same person signed in elsewhere', () => {
    const world = new FakeWorld().connected()
    world.socket.cut(4001)
    world.pass(60_000)
    expect(world.link).toBe('replaced')
    expect(world.sockets).toHaveLength(1)
  })

  it('is restored after 0 to 2 seconds, and after 0 to 5 when that keeps failing', () => {
    const world = new FakeWorld()
    world.chance = 1
    world.connection.start()
    const waits = Array.from({ length: 6 }, () => {
      world.socket.cut()
      const [before, from] = [world.sockets.length, world.now]
      while (world.sockets.length === before) world.pass(100)
      return world.now - from
    })
    expect(waits).toEqual([2000, 3000, 4500, 5000, 5000, 5000])
  })

  it('hears nothing more from a socket it has given up', () => {
    const world = new FakeWorld().connected()
    const old = world.socket
    world.socket.cut()
    old.notify('counts.changed', { seq: 11, sitting: 1, counts: {} })
    expect(world.heard.map((one) => one.method)).toEqual(['snapshot'])
  })

  it('can be tried at once', () => {
    const world = new FakeWorld().connected()
    world.socket.cut()
    world.connection.nudge()
    expect(world.sockets).toHaveLength(2)
    world.connection.nudge()
    expect(world.sockets).toHaveLength(2)
  })
})

describe('resuming', () => {
  function since_after_cut(world: FakeWorld): number | null {
    world.socket.cut()
    world.pass(5000)
    world.socket.onopen?.({})
    return world.socket.last.params.since
  }

  it('continues after the snapshot when nothing came since', () => {
    expect(since_after_cut(new FakeWorld().connected())).toBe(10)
  })

  it('asks again for the newest number: more messages may carry it', () => {
    const world = new FakeWorld().connected()
    world.pass(5000)
    world.socket.notify('sitting.changed', { seq: 12, sitting: { id: 1 } })
    expect(since_after_cut(world)).toBe(10)
  })

  it('continues after a number once messages kept coming for a second', () => {
    const world = new FakeWorld().connected()
    world.socket.notify('sitting.changed', { seq: 12, sitting: { id: 1 } })
    world.pass(1000)
    world.socket.notify('counts.changed', { seq: 14, sitting: 1, counts: {} })
    expect(since_after_cut(world)).toBe(12)
  })
})
