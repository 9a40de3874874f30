import './fonts.css'
import './tokens.css'
import './slides.css'
import './shell.css'
