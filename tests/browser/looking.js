// How a page is built, without its words, and what axe says against it.
(() => {
  const CLEAR = "rgba(0, 0, 0, 0) none 1";
  const SOLID = /^rgb\(.* none 1$/;
  const LARGE = 24; // CSS pixels; WCAG 2.2, 1.4.3: 18 points, or 14 when bold
  const LARGE_BOLD = 18.66;
  const SPOKEN = new Set(["action", "aria-controls", "aria-describedby", "aria-labelledby",
    "content", "data-resume", "for", "href", "id", "name", "nonce", "src", "title", "value"]);

  const told = (one) => [one.tagName, ...[...one.attributes]
    .filter((each) => !SPOKEN.has(each.name)).map((each) => `${each.name}=${each.value}`).sort(),
    one.childElementCount || one.textContent.trim() ? "" : "empty",
    one.matches(":checked") ? "checked" : ""].join(" ");
  const whole = (one) => [one, ...one.querySelectorAll("*")].map(told).join("\n");
  const speaks = (one) => one.placeholder || one.matches("input, select, textarea") ||
    [...one.childNodes].some((each) => each.nodeType === Node.TEXT_NODE && each.data.trim());

  // Only what axe judges, too: a text out of sight, or of a field that is off, acquits no other.
  const shows = (one) => {
    const {width, height, right, bottom} = one.getBoundingClientRect();
    return one.checkVisibility({visibilityProperty: true, opacityProperty: true}) &&
      width > 1 && height > 1 && right + scrollX > 0 && bottom + scrollY > 0 &&
      !one.closest(":disabled, [aria-disabled=true]");
  };

  // All that the contrast of a text comes from: its own look, and what is painted behind it.
  const faded = (one) => (one ? getComputedStyle(one).opacity * faded(one.parentElement) : 1);
  const behind = (one, through) => {
    if (!one) return "";
    const {backgroundColor, backgroundImage, opacity} = getComputedStyle(one);
    const here = `${backgroundColor} ${backgroundImage} ${opacity}`;
    if (here === CLEAR) return behind(one.parentElement, through);
    return SOLID.test(here) && !through ? here : `${here} < ${behind(one.parentElement, through)}`;
  };
  const look = (one) => {
    const {color, fontSize, fontWeight, textShadow, filter} = getComputedStyle(one);
    const size = parseFloat(fontSize) >= (fontWeight >= 700 ? LARGE_BOLD : LARGE) ? "large" : "";
    return `${color} ${size} ${textShadow} ${filter} ${behind(one, faded(one) < 1)}`;
  };
  const texts = () => [...document.body.querySelectorAll("*")]
    .filter((one) => speaks(one) && shows(one)).map((one) => [look(one), one]);

  const build = () => ({
    width: innerWidth,
    parts: [...document.body.children].map(whole),
    looks: [...new Set(texts().map(([each]) => each))],
  });

  const ofLooks = (looks) => texts().flatMap(([each, one]) => (looks.includes(each) ? [one] : []));

  const judge = async (rules, looks) => {
    const found = await axe.run(looks ? {include: ofLooks(looks)} : document,
      {...rules, iframes: false, preload: false, resultTypes: ["violations"]});
    return found.violations.map(
      (one) => `${one.id}: ${one.nodes.map((node) => node.target).join(" ")}`);
  };

  window.looking = {build, judge};
})();
