import { read_members } from '../session/all_members'
import type { AttendeeView, MemberView, SittingId } from '../wire/types'
import type { Office } from './office_state.svelte'
import { with_presence } from './presence'

/** Everybody the desk of one sitting deals with, as they are now. */
export class Desk {
  members: MemberView[] = $state.raw([])
  attendees: AttendeeView[] = $state.raw([])
  is_read = $state(false)

  constructor(
    private readonly office: Office,
    private readonly sitting: SittingId,
  ) {}

  /** Reads everybody and follows who comes and goes; the answer ends that. */
  follow(): () => void {
    void this.read()
    const { session } = this.office
    const end_reading = session.when_resumed(() => void this.read())
    const end_listening = session.listen((message) => {
      if (message.method === 'snapshot') void this.read()
      if (message.method !== 'members.changed' || message.params.sitting !== this.sitting) return
      this.members = with_presence(this.members, message.params)
      this.attendees = with_presence(this.attendees, message.params)
    })
    return () => {
      end_reading()
      end_listening()
    }
  }

  async read(): Promise<void> {
    const pages = await read_members(this.office.session, this.sitting)
    if (!pages) return
    this.members = pages.flatMap((page) => page.members)
    const admitted = await this.office.read('attendees.list', { sitting: this.sitting })
    if (admitted) this.attendees = admitted.attendees
    this.is_read = true
  }

  /** Sends a command and reads everybody again once it is recorded. True when it was. */
  async change(...request: Parameters<Office['send']>): Promise<boolean> {
    const receipt = await this.office.send(...request)
    if (receipt) await this.read()
    return receipt !== null
  }
}
