import { mount } from 'svelte'
import '../styles/base.css'
import { keep_code, take_code_from_address } from '../session/access'
import { open_session } from '../session/session.svelte'
import Teller from './teller.svelte'

const code = take_code_from_address()
if (code) keep_code(code)
const session = open_session('/teller.html')
if (session) mount(Teller, { target: document.getElementById('page')!, props: { session } })
