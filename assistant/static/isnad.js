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
  const words = button.querySelector("span")
  const label = words.textContent
  words.textContent = button.dataset.copied
  setTimeout(() => (words.textContent = label), 1600)
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

// On a phone the sidebar lies over the page: what was chosen in it is shown.
function chose(event) {
  const chosen = event.target.closest?.(".st-key-history button, .st-key-new-chat button, .st-key-pages a")
  if (chosen && matchMedia("(max-width: 768px)").matches)
    document.querySelector('[data-testid="stSidebarCollapseButton"] button')?.click()
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

// Streamlit has no setting for the words of its own widgets: they are replaced where they stand.
// A word may have a place for a name or a number: "Remove {}".
const SAID = ["aria-label", "title", "placeholder", "aria-roledescription"]
const OURS = ".stHtml, canvas, [data-testid=stMarkdownContainer]:not(.stFileUploader *)"
let spoken = {}

function translator(words) {
  const parts = Object.entries(words).filter(([from]) => from.includes("{}"))
  const literal = (text) => text.replace(/[.*+?^$()|[\]\\]/g, "\\$&")
  const patterns = parts.map(([from, to]) => [
    new RegExp(`^${from.split("{}").map(literal).join("(.+)")}$`),
    to.replace("{}", "$1"),
  ])
  return (text) => {
    const plain = text.trim()
    if (Object.hasOwn(words, plain)) return words[plain]
    // One pattern may stand in another: "day, {}" around "{} start date".
    return patterns.reduce((said, [from, to]) => said.replace(from, to), plain)
  }
}

function translate(node, say) {
  if (node.nodeType === Node.TEXT_NODE) {
    if (node.parentElement?.closest(OURS)) return
    const said = say(node.data)
    if (said !== node.data.trim()) node.data = said
  } else if (node.nodeType === Node.ELEMENT_NODE && !node.matches(".stHtml, canvas")) {
    for (const name of SAID) {
      const written = node.getAttribute(name)?.trim()
      if (written && say(written) !== written) node.setAttribute(name, say(written))
    }
    node.childNodes.forEach((child) => translate(child, say))
  }
}

function speak(words) {
  if (JSON.stringify(words) === JSON.stringify(spoken)) return
  const plain = Object.entries(spoken).filter(([from]) => !from.includes("{}"))
  const back = Object.fromEntries(plain.map(([from, to]) => [to, from]))
  translate(document.body, translator(back))
  window.isnadSpeaks?.disconnect()
  spoken = words
  if (!Object.keys(words).length) return
  const say = translator(words)
  translate(document.body, say)
  begin(document)
  window.isnadSpeaks = new MutationObserver((changes) => {
    for (const change of changes) {
      if (change.type !== "childList") translate(change.target, say)
      for (const node of change.addedNodes) {
        translate(node, say)
        begin(node)
      }
    }
  })
  const all = { subtree: true, childList: true, characterData: true, attributeFilter: SAID }
  window.isnadSpeaks.observe(document.body, all)
}

// Streamlit stops in the middle of a page; the rest of it is drawn when the page is asked again.
let again = () => {}
function stopped(event) {
  if (event.target.closest?.('[data-testid="stChatInputStopButton"]')) setTimeout(again, 300)
}

// What Streamlit shows above the page, such as a menu, is drawn outside of what it gives its theme.
function shade() {
  const app = document.querySelector(".stApp")
  if (app) document.documentElement.style.colorScheme = getComputedStyle(app).colorScheme
}

// A table that is wider than the page is shown from where one begins to read.
function begin(within) {
  for (const table of within.querySelectorAll?.(".dvn-scroller") ?? []) {
    if (table.dataset.begun) continue
    table.dataset.begun = true
    const sized = new ResizeObserver(() => {
      if (table.scrollWidth <= table.clientWidth) return
      table.scrollLeft = table.scrollWidth
      sized.disconnect()
    })
    sized.observe(table)
    for (const child of table.children) sized.observe(child)
  }
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
  speak(data.words)
  shade()
  if (data.remember) document.cookie = data.remember
  again = () => setTriggerValue("stopped", true)
  if (window.isnadListens) return
  window.isnadListens = true
  matchMedia("(prefers-color-scheme: dark)").addEventListener("change", () => setTimeout(shade, 500))
  document.addEventListener("click", pressed)
  document.addEventListener("click", chose)
  document.addEventListener("click", stopped, { capture: true }) // the button goes when pressed
}
