// What a page needs from the browser: its language, and links between a citation, its source and
// the marked words. The listeners are set once a page; everything else is asked of attributes.

function show(target, block) {
  const calm = matchMedia("(prefers-reduced-motion: reduce)").matches
  target.scrollIntoView({ block, behavior: calm ? "auto" : "smooth" })
}

function arrive(target) {
  document.querySelectorAll(".arrived").forEach((other) => other.classList.remove("arrived"))
  target.classList.add("arrived")
  target.focus({ preventScroll: true })
}

// The clipboard needs a secure page; over plain http from another machine a selection still works.
async function copy(button) {
  const text = button.dataset.copy
  if (navigator.clipboard) await navigator.clipboard.writeText(text)
  else {
    const area = Object.assign(document.createElement("textarea"), { value: text })
    document.body.append(area)
    area.select()
    document.execCommand("copy")
    area.remove()
  }
  const label = button.textContent
  button.textContent = button.dataset.copied
  setTimeout(() => (button.textContent = label), 1600)
}

function pressed(event) {
  const link = event.target.closest?.("[data-goto]")
  const target = link && document.getElementById(link.dataset.goto)
  if (target) {
    event.preventDefault()
    show(target, "center")
    arrive(target)
  }
  const button = event.target.closest?.("[data-copy]")
  if (button) copy(button)
}

// The page is still being drawn when it is asked to go somewhere: go again until it has settled,
// but never against the reader's own hand.
function seek(id, block) {
  const stop = new AbortController()
  const own = { signal: stop.signal, passive: true }
  for (const hand of ["wheel", "touchmove", "pointerdown", "keydown"])
    document.addEventListener(hand, () => stop.abort(), own)
  let there = 0
  let arrived = false // a question is only scrolled to: the keyboard stays where one types
  const timer = setInterval(() => {
    const target = document.getElementById(id)
    const top = target?.getBoundingClientRect().top
    if (target && Math.abs(top - there) > 2) show(target, block)
    if (target && !arrived && block === "center") arrive(target)
    arrived ||= Boolean(target)
    there = target?.getBoundingClientRect().top ?? 0
  }, 120)
  stop.signal.addEventListener("abort", () => clearInterval(timer))
  setTimeout(() => stop.abort(), 2500)
}

// Streamlit remembers the theme of each page's address under a name of its own making.
function wear(theme) {
  const paths = new Set(["/", "/library", "/settings", "/article", location.pathname])
  const names = [...paths].map((path) => `stActiveTheme-${path}-v2`)
  const worn = JSON.stringify(theme)
  if (names.every((name) => localStorage.getItem(name) === worn)) return
  names.forEach((name) => localStorage.setItem(name, worn))
  location.reload()
}

// Streamlit stops in the middle of a page; the rest of it is drawn when the page is asked again.
let again = () => {}
function stopped(event) {
  if (event.target.closest?.('[data-testid="stChatInputStopButton"]')) setTimeout(again, 300)
}

export default function ({ data, setTriggerValue }) {
  if (data.seek) {
    window.isnadSought ??= new Set()
    if (!window.isnadSought.has(data.seek)) seek(data.seek.split(" ")[0], data.block)
    window.isnadSought.add(data.seek)
    return
  }
  if (data.theme) return wear(data.theme)
  document.documentElement.lang = data.language
  document.body.dir = data.direction
  document.querySelector('link[rel~="icon"]')?.setAttribute("href", data.icon)
  if (data.remember) document.cookie = data.remember
  again = () => setTriggerValue("stopped", true)
  if (window.isnadListens) return
  window.isnadListens = true
  document.addEventListener("click", pressed)
  document.addEventListener("click", stopped, { capture: true }) // the button goes when pressed
}
