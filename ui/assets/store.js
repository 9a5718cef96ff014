// Conversations in this browser's own storage, under the name of who is signed in: nobody else sees them, and they are
// sent only to go on with one. A full storage lets go of the oldest. A tab knows its conversation by the session, so that a reload goes on and another tab begins anew.
const KEY = () => `onrecord:${owner()}:`;
const CURRENT = () => `${KEY()}current`;
const MOST = 200;

function remembered(box, key, otherwise) {
  try {
    return JSON.parse(box.getItem(key)) ?? otherwise;
  } catch {
    return otherwise;
  }
}

function listed() {
  const all = remembered(localStorage, `${KEY()}list`, []);
  return Array.isArray(all) ? all.filter((each) => each && typeof each.id === "string") : [];
}

const exchangesOf = (id) => {
  const all = remembered(localStorage, `${KEY()}${id}`, []);
  return Array.isArray(all) ? all : [];
};

function current() {
  return remembered(sessionStorage, CURRENT(), null);
}

function setCurrent(id) {
  try {
    sessionStorage.setItem(CURRENT(), JSON.stringify(id));
  } catch {
    // Without storage the conversation lasts as long as the tab.
  }
}

const fresh = () => `${Date.now().toString(36)}${Math.random().toString(36).slice(2, 8)}`;

function put(key, value) {
  for (;;) {
    try {
      localStorage.setItem(key, JSON.stringify(value));
      return true;
    } catch {
      const oldest = listed().filter((each) => each.id !== current()).at(-1);
      if (!oldest) return false;
      forget(oldest.id);
    }
  }
}

function forget(id) {
  localStorage.removeItem(`${KEY()}${id}`);
  const rest = listed().filter((each) => each.id !== id);
  localStorage.setItem(`${KEY()}list`, JSON.stringify(rest));
}

// Takes in what the server says of the exchanges from a place on.
function keep({ from, kept, total }) {
  let id = current();
  if (!total) return;
  if (!id) setCurrent((id = fresh()));
  const all = exchangesOf(id).slice(0, from).concat(kept).slice(0, total).filter(Boolean);
  if (!all.length) return;
  const known = listed().find((each) => each.id === id);
  const entry = { id, name: known?.name ?? all[0].question.slice(0, 80), at: Date.now(), count: all.length };
  put(`${KEY()}${id}`, all);
  const rest = listed().filter((each) => each.id !== id);
  for (const old of rest.slice(MOST - 1)) localStorage.removeItem(`${KEY()}${old.id}`);
  put(`${KEY()}list`, [entry, ...rest.slice(0, MOST - 1)]);
}

function rename(id, name) {
  put(`${KEY()}list`, listed().map((each) => (each.id === id ? { ...each, name } : each)));
}
