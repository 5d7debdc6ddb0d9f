import { mount } from 'svelte'
import '../styles/base.css'
import './office.css'
import { keep_code, take_code_from_address } from '../session/access'
import { open_session } from '../session/session.svelte'
import OfficePage from './office.svelte'

const code = take_code_from_address()
if (code) keep_code(code)
const session = open_session('/office.html')
if (session) mount(OfficePage, { target: document.getElementById('page')!, props: { session } })
