import { mount } from 'svelte'
import '../src/styles/base.css'
import Checker from './checker.svelte'

mount(Checker, { target: document.getElementById('page')! })
