import { mount } from 'svelte'
import '../styles/base.css'
import { keep_code, take_code_from_address } from '../session/access'
import SignIn from './sign_in.svelte'

const code = take_code_from_address()
if (code) keep_code(code)
mount(SignIn, { target: document.getElementById('page')! })
