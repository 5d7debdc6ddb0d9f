import type { Notification } from '../wire/connection'
import type { AgendaView, MeetingId } from '../wire/types'
import type { Office } from './office_state.svelte'

/** An agenda after a notification; the same one when it is not concerned. */
export function with_message(agenda: AgendaView, message: Notification): AgendaView {
  if (message.method === 'agenda.changed') {
    return message.params.agenda.meeting === agenda.meeting ? message.params.agenda : agenda
  }
  if (message.method !== 'item.changed' || message.params.meeting !== agenda.meeting) return agenda
  const { item } = message.params
  return { ...agenda, items: agenda.items.map((one) => (one.id === item.id ? item : one)) }
}

/** The agenda of one meeting as it stands, while somebody looks at it. */
export class AgendaKept {
  view: AgendaView | null = $state.raw(null)
  /** How many items of the last import can be taken back, as of the last reading. */
  imported = $state(0)

  constructor(
    private readonly office: Office,
    private readonly meeting: MeetingId,
  ) {}

  /** Reads it and follows its changes; the answer ends that. */
  follow(): () => void {
    void this.read()
    return this.office.session.listen((message) => {
      if (message.method === 'snapshot') void this.read()
      else if (this.view) this.view = with_message(this.view, message)
    })
  }

  async read(): Promise<void> {
    const answer = await this.office.read('agenda.read', { meeting: this.meeting })
    if (!answer) return
    this.view = answer.agenda
    this.imported = answer.imported
  }

  /** Sends a command and reads the agenda again once it is recorded. True when it was. */
  async change(...request: Parameters<Office['send']>): Promise<boolean> {
    const receipt = await this.office.send(...request)
    if (receipt) await this.read()
    return receipt !== null
  }
}
