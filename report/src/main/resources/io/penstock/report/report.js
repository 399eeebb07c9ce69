
// Draws the plots of the report from the result that is embedded in the page.
(() => {
  "use strict";
  const result = JSON.parse(document.getElementById("result").textContent);
  const charts = [];
  const color = (name) => getComputedStyle(document.documentElement).getPropertyValue(name).trim();
  const seconds = (timeNs) => timeNs.map((t) => t / 1e9);
  const isNarrow = () => innerWidth < 640;

  const group = (v, decimals) =>
    v.toLocaleString("en-US", { maximumFractionDigits: decimals ?? 8 });
  const short = (v) => {
    const size = Math.abs(v);
    for (const [unit, name] of [[1e9, " G"], [1e6, " M"], [1e3, " k"]]) {
      if (size >= unit) return group(v / unit, 2) + name;
    }
    return group(v, size < 1 ? 8 : 2);
  };
  const length = (ns) => {
    for (const [unit, name] of [[1e9, " s"], [1e6, " ms"], [1e3, " us"]]) {
      if (Math.abs(ns) >= unit) return group(ns / unit, 3) + name;
    }
    return group(ns, 0) + " ns";
  };
  const clock = (u, s) => s == null ? "" : new Date(s * 1e3).toISOString().slice(11, 23);

  // Axis labels never change the width of the plot, so that plots above each other line up.
  const axis = (more) => ({
    stroke: color("--soft"), grid: { stroke: color("--grid"), width: 1 },
    ticks: { show: false }, font: "12px system-ui, sans-serif", ...more,
  });
  const yAxis = (format) => axis({
    size: isNarrow() ? 62 : 84, values: (u, splits) => splits.map((v) => v == null ? "" : format(v)),
  });
  const timeRange = () => {
    const from = result.fromNs / 1e9, to = result.toNs / 1e9;
    return to > from ? [from, to] : [from - 1, to + 1];
  };
  // A flat line is drawn in the middle, not as a range of nothing.
  const padded = (u, low, high) => {
    if (low == null || high == null) return [0, 1];
    const pad = high > low ? (high - low) * 0.06 : Math.abs(high) * 0.01 || 1;
    return [low - pad, high + pad];
  };
  const fromZero = (u, low, high) => [0, high > 0 ? high * 1.06 : 1];

  function draw(id, height, options, data, emptyText) {
    const place = document.getElementById(id);
    if (!place) return;
    if (!data[0].length) {
      place.textContent = "";
      const none = document.createElement("p");
      none.className = "none";
      none.textContent = emptyText;
      place.append(none);
      return;
    }
    const size = () => ({ width: place.clientWidth, height: isNarrow() ? Math.max(160, height * 0.8) : height });
    const chart = new uPlot({
      ...size(), padding: [8, 36, 0, 0], legend: { live: true }, ...options,
    }, data, place);
    // Without a cursor there are no values: the legend then names the lines only.
    const idle = () => chart.root.classList.toggle("idle", chart.cursor.idx == null);
    (chart.hooks.setLegend ??= []).push(idle);
    idle();
    charts.push({ chart, size });
  }

  const overTime = (extra) => ({
    tzDate: (ts) => uPlot.tzDate(new Date(ts * 1e3), "Etc/UTC"),
    cursor: { sync: { key: "time", setSeries: false }, points: { size: 6 } },
    ...extra,
  });
  // 24 hours and ISO dates; the date stands under the first label of each day.
  const timeAxis = () => axis({ space: 70, values: (u, splits) => {
    let day = "";
    const step = splits.length > 1 ? splits[1] - splits[0] : 1;
    return splits.map((s) => {
      if (s == null) return "";
      const text = new Date(s * 1e3).toISOString();
      const label = text.slice(11, step < 1 ? 23 : step < 60 ? 19 : 16);
      const isNew = text.slice(0, 10) !== day;
      day = text.slice(0, 10);
      return isNew ? `${label}\n${day}` : label;
    });
  } });
  const timeScale = { time: true, range: (u, low, high) =>
    low == null ? timeRange() : [low, high] };
  const timeSeries = { label: "UTC", value: clock };
  const whole = (time) => {
    // All plots over market time show the whole period, also where their points end earlier.
    const [from, to] = timeRange();
    return { hooks: { ready: [(u) => u.setScale("x", { min: from, max: to })] }, time };
  };

  function triangle(ctx, x, y, size, isUp) {
    const tip = isUp ? -size : size;
    ctx.beginPath();
    ctx.moveTo(x, y + tip * 0.1);
    ctx.lineTo(x - size * 0.75, y - tip * 1.2);
    ctx.lineTo(x + size * 0.75, y - tip * 1.2);
    ctx.closePath();
    ctx.fill();
    ctx.stroke();
  }

  function markFills(fills) {
    return (u) => {
      const ctx = u.ctx, { left, top, width, height } = u.bbox;
      ctx.save();
      ctx.beginPath();
      ctx.rect(left, top, width, height);
      ctx.clip();
      ctx.lineWidth = devicePixelRatio;
      ctx.strokeStyle = color("--surface");
      const size = (fills.timeNs.length > 400 ? 4 : 6.5) * devicePixelRatio;
      fills.timeNs.forEach((t, i) => {
        const isBuy = fills.quantity[i] > 0;
        ctx.fillStyle = color(isBuy ? "--buy" : "--sell");
        triangle(ctx, u.valToPos(t / 1e9, "x", true), u.valToPos(fills.price[i], "y", true),
          size, isBuy);
      });
      ctx.restore();
    };
  }

  function legendOfFills(fills) {
    return (u) => {
      for (const [name, mark, wanted] of [["--buy", "\u25b2 bought", 1], ["--sell", "\u25bc sold", -1]]) {
        const count = fills.quantity.filter((q) => Math.sign(q) === wanted).length;
        const row = document.createElement("tr");
        row.className = "u-series fills";
        const cell = document.createElement("td");
        cell.style.color = color(name);
        cell.textContent = `${mark} ${group(count)}`;
        row.append(cell);
        u.root.querySelector(".u-legend tbody, .u-legend")?.append(row);
      }
    };
  }

  function drawPrice(i, instrument) {
    const { price, fillPoints } = instrument;
    const line = whole();
    // Fills may lie outside what the price line shows in their bucket; the scale shows them too.
    let least = Infinity, most = -Infinity;
    for (const p of fillPoints.price) { least = Math.min(least, p); most = Math.max(most, p); }
    draw(`price-${i}`, 340, overTime({
      scales: { x: timeScale, y: { range: (u, low, high) => low == null ? padded(u, low, high)
        : padded(u, isWhole(u) ? Math.min(low, least) : low,
          isWhole(u) ? Math.max(high, most) : high) } },
      axes: [timeAxis(), yAxis((v) => group(v))],
      series: [timeSeries,
        { label: price.what, stroke: color("--price"), width: 1.25, points: { show: false },
          value: (u, v) => v == null ? "" : group(v) },
        { label: "low", class: "extra", stroke: "transparent", points: { show: false },
          value: (u, v) => v == null ? "" : group(v) },
        { label: "high", class: "extra", stroke: "transparent", points: { show: false },
          value: (u, v) => v == null ? "" : group(v) }],
      bands: [{ series: [3, 2], fill: color("--range") }],
      hooks: { ready: [...line.hooks.ready, legendOfFills(fillPoints)],
        draw: [markFills(fillPoints)] },
    }), [seconds(price.timeNs), price.last, price.low, price.high],
    "No price was seen.");
  }
  const isWhole = (u) => {
    const [from, to] = timeRange();
    return u.scales.x.min == null || (u.scales.x.min <= from && u.scales.x.max >= to);
  };

  const stepped = () => uPlot.paths.stepped({ align: 1 });
  // Each value holds until the next: the last one until the end of the run.
  const held = (time, values) => {
    const t = seconds(time), end = result.toNs / 1e9;
    return t.length && t[t.length - 1] < end
      ? [[...t, end], [...values, values[values.length - 1]]] : [t, values];
  };

  function drawValue(id, height, label, name, data, options) {
    draw(id, height, overTime({
      scales: { x: timeScale, y: { range: options.range ?? padded } },
      axes: [timeAxis(), yAxis(short)],
      series: [timeSeries, { label, stroke: color(name), width: 1.5, points: { show: false },
        paths: options.isStepped ? stepped() : undefined, fill: options.fill, fillTo: 0,
        value: (u, v) => v == null ? "" : group(v) }],
      hooks: whole().hooks,
    }), data, options.emptyText);
  }

  function drawLatency(i, latency) {
    const points = latency.percent.map((p, k) => [1 / (1 - p / 100), latency.valueNs[k]])

      // 10 measurements say nothing about one in a million.
      .filter(([x]) => Number.isFinite(x) && x >= 1 && x <= Math.max(100, latency.count));
    const most = Math.max(100, ...points.map((p) => p[0]));
    const name = (x) => group(100 - 100 / x, 6) + " %";
    draw(`latency-${i}`, 250, {
      scales: { x: { time: false, distr: 3, range: [1, most] },
        y: { range: (u, low, high) => low >= 0 && high > low ? fromZero(u, low, high)
          : padded(u, low, high) } },
      axes: [axis({ size: 32, splits: () => [2, 10, 100, 1e3, 1e4, 1e5, 1e6].filter((x) => x <= most),
        values: (u, splits) => splits.map(name), filter: (u, splits) => splits }),
      yAxis(length)],
      series: [{ label: "percentile", value: (u, v) => v == null ? "" : name(v) },
        { label: latency.name, stroke: color("--accent"), width: 1.75, points: { show: false },
          paths: uPlot.paths.stepped({ align: -1 }), fill: color("--band"),
          value: (u, v) => v == null ? "" : length(v) }],
    }, [points.map((p) => p[0]), points.map((p) => p[1])], "Nothing was measured.");
  }

  function drawThroughput() {
    const stages = result.stages.filter((s) => s.throughput.elapsedNs.length);
    const tables = stages.map((s) => [seconds(s.throughput.elapsedNs), s.throughput.itemsPerSecond]);
    draw("throughput", 250, {
      scales: { x: { time: false }, y: { range: fromZero } },
      axes: [axis({ size: 32, values: (u, splits) => splits.map((v) => group(v, 3) + " s") }), yAxis(short)],
      series: [{ label: "elapsed", value: (u, v) => v == null ? "" : group(v, 3) + " s" },
        ...stages.map((s, i) => ({ label: s.name, stroke: color(`--s${i % 6}`), width: 1.75,
          dash: i < 6 ? undefined : [6, 4], spanGaps: true, points: { show: false },
          value: (u, v) => v == null ? "" : short(v) + "/s" }))],
    }, tables.length ? uPlot.join(tables) : [[]], "The run was too short to measure it.");
  }

  function drawAll() {
    charts.splice(0).forEach(({ chart }) => chart.destroy());
    result.instruments.forEach((instrument, i) => {
      drawPrice(i, instrument);
      const { timeNs, position } = instrument.positionPoints;
      drawValue(`position-${i}`, 150, "position", "--s3", held(timeNs, position),
        { isStepped: true, fill: color("--hold-fill"), emptyText: "No position was taken." });
    });
    const { timeNs, equity, drawdown } = result.equity;
    drawValue("equity", 220, "equity", "--good", held(timeNs, equity),
      { emptyText: "Nothing was traded." });
    drawValue("drawdown", 150, "drawdown", "--bad", held(timeNs, drawdown.map((d) => -d)),
      { fill: color("--loss-fill"), emptyText: "Nothing was traded.",
        range: (u, low) => [low < 0 ? low * 1.06 : -1, 0] });
    result.latencies.forEach((latency, i) => drawLatency(i, latency));
    drawThroughput();
  }

  drawAll();
  addEventListener("resize", () => charts.forEach(({ chart, size }) => chart.setSize(size())));
  matchMedia("(prefers-color-scheme: dark)").addEventListener("change", drawAll);
})();
