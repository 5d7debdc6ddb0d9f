import { mount } from 'svelte'
import '../styles/base.css'
import { keep_code, take_code_from_address } from '../session/access'
import { open_session } from '../session/session.svelte'
import Chair from './chair.svelte'

const code = take_code_from_address()
if (code) keep_code(code)
const session = open_session('/chair.html')
if (session) mount(Chair, { target: document.getElementById('page')!, props: { session } })
