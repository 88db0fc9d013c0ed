// Prints a page of the archive, and copies its address. Without this, browsers do both by themselves.
(() => {
  const status = document.querySelector('.share [role="status"]');
  const address = () => document.querySelector('link[rel="canonical"]')?.href ?? location.href;

  const copy = async () => {
    try {
      await navigator.clipboard.writeText(address());
      status.textContent = '已复制。';
    } catch {
      status.textContent = `请复制：${address()}`;
    }
  };

  const does = { print: () => window.print(), copy };
  for (const button of document.querySelectorAll('[data-does]')) {
    button.hidden = false;
    button.closest('section').hidden = false;
    button.addEventListener('click', does[button.dataset.does]);
  }
})();
