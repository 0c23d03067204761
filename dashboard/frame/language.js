// The page says the language of its view. Streamlit writes the address when the reader chooses
// another, and leaves the page as the server sent it.
{
  const { languages = "", usual = "" } = document.currentScript?.dataset ?? {};

  const follow = () => {
    const asked = new URLSearchParams(location.search).get("bahasa") ?? usual;
    document.documentElement.lang = languages.split(" ").includes(asked) ? asked : usual;
  };

  for (const name of /** @type {const} */ (["pushState", "replaceState"])) {
    const change = history[name];
    history[name] = function (...given) {
      change.apply(this, given);
      follow();
    };
  }
  addEventListener("popstate", follow);
}
