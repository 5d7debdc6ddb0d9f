import { mount } from 'svelte'
import '../styles/base.css'
import { keep_code, take_code_from_address } from '../session/access'
import { open_session } from '../session/session.svelte'
import KeyHolder from './key_holder.svelte'

const code = take_code_from_address()
if (code) keep_code(code)
const session = open_session('/key_holder.html')
if (session) mount(KeyHolder, { target: document.getElementById('page')!, props: { session } })
