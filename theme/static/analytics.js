// Loads the script that counts visits, unless the reader's browser says not to.
// What it needs stands in the data-attributes of its own tag.
(() => {
  if (navigator.doNotTrack === "1" || navigator.globalPrivacyControl) return;
  const { load, clicky, matomo, ...rest } = document.currentScript.dataset;
  if (clicky) {
    window.clicky_site_ids = [Number(clicky)];
    window.clicky_custom = { cookies_disable: 1 };
  }
  if (matomo) {
    window._paq = [
      ["disableCookies"],
      ["setTrackerUrl", matomo],
      ["setSiteId", rest.siteId],
      ["trackPageView"],
      ["enableLinkTracking"],
    ];
  }
  const script = document.createElement("script");
  Object.assign(script.dataset, rest);
  script.src = load;
  document.head.append(script);
})();
