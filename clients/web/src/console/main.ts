import { mount } from 'svelte'
import '../styles/base.css'
import { keep_code, take_code_from_address } from '../session/access'
import { SecretVotes } from '../session/secret_votes.svelte'
import { open_session } from '../session/session.svelte'
import Console from './console.svelte'

const code = take_code_from_address()
if (code) keep_code(code)
const session = open_session('/console.html')
if (session) {
  const secret_votes = new SecretVotes(session)
  secret_votes.start()
  mount(Console, { target: document.getElementById('page')!, props: { session, secret_votes } })
}
