// A cable of its own for one screen: everything passes until it is cut, and nothing until it is mended.
import { createServer, connect } from 'node:net'

export class Relay {
  constructor(port) {
    this.port = port
    this.is_cut = false
    this.sockets = new Set()
    this.far_ends = new Set()
  }

  async start() {
    this.listener = createServer((near) => this.join(near))
    await new Promise((resolve) => this.listener.listen(0, '127.0.0.1', resolve))
    this.url = `http://127.0.0.1:${this.listener.address().port}`
  }

  join(near) {
    if (this.is_cut) return near.destroy()
    const far = connect(this.port, '127.0.0.1')
    this.far_ends.add(far)
    far.on('close', () => this.far_ends.delete(far))
    for (const [socket, other] of [[near, far], [far, near]]) {
      this.sockets.add(socket)
      socket.on('error', () => {}) // The close that follows is what counts.
      socket.on('close', () => {
        this.sockets.delete(socket)
        other.destroy()
      })
      socket.pipe(other)
    }
  }

  /** What the server says waits until it is let on; what the screen says still passes. */
  hold() {
    for (const socket of this.far_ends) socket.pause()
  }

  let_on() {
    for (const socket of this.far_ends) socket.resume()
  }

  cut() {
    this.is_cut = true
    for (const socket of this.sockets) socket.destroy()
  }

  mend() {
    this.is_cut = false
  }

  async stop() {
    this.cut()
    await new Promise((resolve) => this.listener.close(resolve))
  }
}
