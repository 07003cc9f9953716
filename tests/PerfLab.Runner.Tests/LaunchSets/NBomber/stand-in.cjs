'use strict';

// In the place of a program that uses NBomber: as strict with its configuration as NBomber 4.1.2, and with the same files.
const fs = require('node:fs');
const http = require('node:http');
const path = require('node:path');

const option = process.argv.find((argument) => argument.startsWith('--config='));
const file = option.slice('--config='.length);
if (path.extname(file) !== '.json') {
  throw new Error('Unsupported config format');
}

const { TestSuite, TestName, TargetScenarios, GlobalSettings } = JSON.parse(fs.readFileSync(file, 'utf8'));
const [scenario] = GlobalSettings.ScenariosSettings;
if (!TargetScenarios.includes(scenario.ScenarioName) || 'WarmUpDuration' in scenario || !GlobalSettings.ReportFormats.includes('Csv')) {
  throw new Error('The configuration is not that of one scenario without a warm-up.');
}

fs.rmSync(GlobalSettings.ReportFolder, { recursive: true, force: true });
fs.mkdirSync(GlobalSettings.ReportFolder, { recursive: true });

const [rate, interval, during] = scenario.LoadSimulationsSettings[0].Inject;
const seconds = Number(during.split(':')[2]);
if (interval !== '00:00:01') {
  throw new Error(`${interval} is another interval.`);
}

const { Url, Method, Path, Headers, Body } = scenario.CustomSettings;
const agent = new http.Agent({ keepAlive: true });
const times = [];
const statuses = {};

const count = (status) => {
  statuses[status] = (statuses[status] ?? 0) + 1;
};

const send = () => new Promise((done) => {
  const begin = process.hrtime.bigint();
  const request = http.request(Url + Path, { method: Method, headers: { ...Headers, 'Content-Length': Buffer.byteLength(Body ?? '') }, agent }, (response) => {
    response.resume();
    response.on('end', () => {
      count(response.statusCode);
      if (response.statusCode < 300) {
        times.push(Number(process.hrtime.bigint() - begin) / 1e6);
      }

      done();
    });
  });
  request.on('error', () => {
    count(-101);
    done();
  });
  request.end(Body);
});

const wait = (milliseconds) => new Promise((done) => setTimeout(done, milliseconds));

const percentile = (share) => times[Math.max(0, Math.ceil(share * times.length) - 1)] ?? 0;

const run = async () => {
  const begin = new Date();
  await Promise.all(Array.from({ length: rate * seconds }, async (_, index) => {
    await wait((index * 1000) / rate);
    await send();
  }));
  times.sort((one, other) => one - other);
  const all = rate * seconds;
  const row = (step) => [
    TestSuite, TestName, scenario.ScenarioName, during, step, all, times.length, all - times.length, times.length / seconds,
    times[0], times[0], times.at(-1), percentile(0.5), percentile(0.75), percentile(0.95), percentile(0.99), 0,
  ].join(',');
  fs.writeFileSync(path.join(GlobalSettings.ReportFolder, `${GlobalSettings.ReportFileName}.csv`), [
    'test_suite,test_name,scenario,duration,step_name,request_count,ok,failed,rps,min,mean,max,50_percent,75_percent,95_percent,99_percent,std_dev',
    row('global information'),
    row('a step'),
  ].join('\n'));

  // The reporting sink of src/Integrations/NBomber/.
  const end = new Date(begin.getTime() + (seconds * 1000));
  fs.writeFileSync(path.join(GlobalSettings.ReportFolder, 'statistics.jsonl'), `${JSON.stringify({
    kind: 'total', scenario: scenario.ScenarioName, begin_utc: begin, end_utc: end, duration_seconds: seconds,
    request_count: all, ok_count: times.length, failed_count: all - times.length, statuses,
  })}\n`);
  agent.destroy();
};

run();
