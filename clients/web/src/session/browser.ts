import { CheckpointKeeper } from '../wire/checkpoint'
import { wire_protocol, type SocketLike, type Surroundings } from '../wire/connection'

/** The server this page came from. */
function socket_address(): string {
  return `${location.protocol === 'https:' ? 'wss' : 'ws'}://${location.host}/ws`
}

/** The real world behind a Connection. */
export const browser_surroundings: Surroundings = {
  open_socket: () => new WebSocket(socket_address(), wire_protocol) as SocketLike,
  now_ms: () => Date.now(),
  random: () => Math.random(),
  set_timer: (run, after_ms) => setTimeout(run, after_ms),
  clear_timer: (timer) => clearTimeout(timer as number | undefined),
}

export function browser_checkpoints(): CheckpointKeeper {
  return new CheckpointKeeper(storage())
}

function storage(): Storage | null {
  try {
    return localStorage
  } catch {
    return null
  }
}
