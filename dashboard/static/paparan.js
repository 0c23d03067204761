/* Steps through the slides: by arrow keys, the page keys that clickers send, or the buttons. */
(function () {
  "use strict";

  const slides = [...document.querySelectorAll(".slide")];
  const root = document.documentElement;
  let place = 0;
  let noting = false;

  function show(next) {
    place = Math.max(0, Math.min(slides.length - 1, next));
    slides.forEach((slide, i) => {
      slide.hidden = i !== place;
      slide.querySelector(".notes").hidden = !noting;
    });
    document.getElementById("place").textContent = `${place + 1} / ${slides.length}`;
    history.replaceState(null, "", `#${place + 1}`);
    slides[place].focus({ preventScroll: true });
  }

  const actions = {
    next: () => show(place + 1),
    previous: () => show(place - 1),
    first: () => show(0),
    last: () => show(slides.length - 1),
    notes() {
      noting = !noting;
      document.querySelector("[data-do=notes]").setAttribute("aria-pressed", noting);
      show(place);
    },
    theme: () => root.classList.toggle("dark"),
    fullscreen: () => (document.fullscreenElement ? document.exitFullscreen() : root.requestFullscreen?.()),
  };
  const KEYS = {
    ArrowRight: "next", ArrowDown: "next", PageDown: "next", " ": "next", Enter: "next",
    ArrowLeft: "previous", ArrowUp: "previous", PageUp: "previous", Backspace: "previous",
    Home: "first", End: "last", n: "notes", d: "theme", f: "fullscreen",
    F5: "fullscreen", // what a clicker's start button sends; loading anew would need the network
  };

  addEventListener("keydown", (event) => {
    const onButton = event.target.closest("button") && (event.key === " " || event.key === "Enter");
    const action = KEYS[event.key] ?? KEYS[event.key.toLowerCase()];
    if (!action || onButton || event.ctrlKey || event.metaKey || event.altKey) return;
    event.preventDefault();
    actions[action]();
  });
  addEventListener("click", (event) => {
    const button = event.target.closest("[data-do]");
    if (button) actions[button.dataset.do]();
  });

  if (matchMedia("(prefers-color-scheme: dark)").matches) root.classList.add("dark");
  show((parseInt(location.hash.slice(1), 10) || 1) - 1);
})();
