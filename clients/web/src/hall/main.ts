import { mount } from 'svelte'
import '../styles/base.css'
import { keep_code, take_code_from_address } from '../session/access'
import { open_session } from '../session/session.svelte'
import Hall from './hall.svelte'

const code = take_code_from_address()
if (code) keep_code(code)
const session = open_session('/hall.html')
if (session) {
  session.listen_for_life()
  mount(Hall, { target: document.getElementById('page')!, props: { session } })
}
