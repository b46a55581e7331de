// The code is behind the # of the link, which browsers send to nobody: neither to a log nor to a proxy. It goes out with the form.
function take() {
  const given = location.hash.slice(1);
  if (given) {
    document.getElementById('code').value = given;
    document.getElementById('by-hand').hidden = true;
  }
}

addEventListener('hashchange', take);
take();
