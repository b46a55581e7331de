// Measures pages of the demo with Lighthouse and fails when one falls short. Arguments: the API's program, and the reports' directory.
import { existsSync } from 'node:fs';
import { mkdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import lighthouse, { desktopConfig } from 'lighthouse';
import puppeteer from 'puppeteer-core';
import { operatorKey, startDemo } from './demo.mjs';

const times = 5;
const least = { performance: 95, accessibility: 100, 'best-practices': 100 };
const browsers = ['/usr/bin/chromium', '/usr/bin/chromium-browser', '/usr/bin/google-chrome'];

const [program, reports] = process.argv.slice(2);
await mkdir(reports, { recursive: true });
const demo = await startDemo(program);
let browser;
try {
  // The pages are the service's own, and a container's root cannot make the sandbox's namespaces.
  browser = await puppeteer.launch({
    executablePath: browsers.find(existsSync),
    args: ['--no-sandbox'],

    // Whoever breaks off waits until the demo has ended; the browser goes with this process.
    handleSIGINT: false,
    handleSIGTERM: false,
  });
  const page = await browser.newPage();
  const rows = [await measure(page, 'sign-in', `${demo.address}/sign-in`)];
  await signIn(page);
  for (const [name, address] of [
    ['accounts', `${demo.address}/accounts`],
    ['employees', `${demo.address}/accounts/acme/employees`],
    ['run', await findRun(page)],
  ]) {
    rows.push(await measure(page, name, address));
  }

  print(rows);
  process.exitCode = rows.every((row) => row.isGood) ? 0 : 1;
} finally {
  await browser?.close();
  await demo.stop();
}

async function signIn(page) {
  await page.goto(`${demo.address}/sign-in`);
  await page.type('#key', operatorKey);
  await Promise.all([page.waitForNavigation(), page.click('form[action="sign-in"] button')]);
}

async function findRun(page) {
  await page.goto(`${demo.address}/accounts/acme/history`);
  return page.$$eval('td a[href*="/history/"]', (links) => links[links.length - 1].href);
}

async function measure(page, name, address) {
  const first = await look(page, address, Object.keys(least));
  const performances = [scoreOf(first, 'performance')];
  while (performances.length < times) {
    performances.push(scoreOf(await look(page, address, ['performance']), 'performance'));
  }

  const scores = {
    performance: performances.toSorted((one, other) => one - other)[Math.floor(times / 2)],
    accessibility: scoreOf(first, 'accessibility'),
    'best-practices': scoreOf(first, 'best-practices'),
  };
  const short = Object.keys(least).filter((category) => scores[category] < least[category]);
  await writeFile(join(reports, `${name}.json`), JSON.stringify(first, null, 1));
  const requests = first.audits['network-requests'].details.items;
  return {
    page: name,
    ...scores,
    bytes: requests.reduce((sum, request) => sum + request.transferSize, 0),
    requests: requests.length,
    shift: first.audits['cumulative-layout-shift'].numericValue,
    isGood: short.length === 0,
    faults: short.flatMap((category) => faultsOf(first, category)),
  };
}

async function look(page, address, onlyCategories) {
  const { lhr } = await lighthouse(address, { onlyCategories, logLevel: 'error' }, desktopConfig, page);
  if (lhr.runtimeError) {
    throw new Error(`${address}: ${lhr.runtimeError.message}`);
  }

  if (new URL(lhr.finalDisplayedUrl).pathname !== new URL(address).pathname) {
    throw new Error(`${address} led to ${lhr.finalDisplayedUrl}`);
  }

  return lhr;
}

function scoreOf(report, category) {
  return Math.round(report.categories[category].score * 100);
}

function faultsOf(report, category) {
  return report.categories[category].auditRefs
    .filter(({ id, weight }) => weight > 0 && (report.audits[id].score ?? 1) < 1)
    .map(({ id }) => `${category}: ${id}: ${report.audits[id].title} ${report.audits[id].displayValue ?? ''}`.trimEnd());
}

function print(rows) {
  const heads = ['page', 'performance', 'accessibility', 'best practices', 'bytes', 'requests', 'layout shift'];
  const lines = [heads, ...rows.map((row) => [
    row.page, row.performance, row.accessibility, row['best-practices'], row.bytes, row.requests, row.shift.toFixed(4),
  ])];
  for (const line of lines) {
    console.log(line.map((cell, at) => (at === 0 ? `${cell}`.padEnd(10) : `${cell}`.padStart(heads[at].length))).join('  '));
  }

  for (const { page, faults } of rows) {
    faults.forEach((fault) => console.error(`${page}: ${fault}`));
  }
}
