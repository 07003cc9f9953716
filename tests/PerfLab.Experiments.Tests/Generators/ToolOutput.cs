namespace PerfLab.Experiments.Tests.Generators;

/// <summary>
/// Output in the documented format of each tool, of 100 requests to a server that fails every tenth. Fields that nothing reads are cut.
/// </summary>
internal static class ToolOutput
{
    /// <summary>grafana.com/docs/k6, "Summary export": "passes" of http_req_failed are the requests that failed.</summary>
    public const string K6 = """
        {
          "root_group": { "name": "", "path": "", "groups": {}, "checks": {} },
          "metrics": {
            "dropped_iterations": { "count": 3, "rate": 0.3 },
            "http_req_duration": { "avg": 2.5, "min": 1, "med": 2, "max": 90, "p(50)": 2, "p(90)": 4, "p(95)": 5, "p(99)": 80, "p(99.9)": 89.5 },
            "http_req_duration{expected_response:true}": { "avg": 2.1, "min": 1, "med": 1.9, "max": 20, "p(50)": 1.9, "p(90)": 3.5, "p(95)": 4.5, "p(99)": 15, "p(99.9)": 19.5 },
            "http_req_failed": { "passes": 10, "fails": 90, "value": 0.1 },
            "http_reqs": { "count": 100, "rate": 10.0 },
            "iterations": { "count": 100, "rate": 10.0 }
          }
        }
        """;

    /// <summary>The same as handleSummary gets it.</summary>
    public const string K6HandleSummary = """
        {
          "metrics": {
            "http_reqs": { "type": "counter", "contains": "default", "values": { "count": 100, "rate": 10.0 } },
            "http_req_failed": { "type": "rate", "contains": "default", "values": { "rate": 0.1, "passes": 10, "fails": 90 } },
            "http_req_duration": { "type": "trend", "contains": "time", "values": { "avg": 2.5, "med": 2, "p(90)": 4, "p(95)": 5 } }
          }
        }
        """;

    /// <summary>github.com/tsenart/vegeta, "encode": time, status, latency in ns, bytes out and in, error, body, name, number, method, URL, headers.</summary>
    public static string Vegeta { get; } = string.Concat(Enumerable.Range(0, 100).Select(index => index switch
    {
        99 => "1700000000990000000,0,5000000,0,0,\"Get \"\"http://127.0.0.1:80/\"\": dial tcp, connection refused\",,,99,GET,http://127.0.0.1:80/,\n",
        _ when index % 11 == 10 => $"170000000{index:000}0000000,500,3000000,0,4,500 Internal Server Error,ZmFpbA==,,{index},GET,http://127.0.0.1:80/,\n",
        _ => $"170000000{index:000}0000000,200,{1_000_000 + (index * 1000)},0,2,,b2s=,,{index},GET,http://127.0.0.1:80/,\n",
    }));

    /// <summary>github.com/hatoo/oha, "JSON output": seconds; what was in flight at the end was neither answered nor failed.</summary>
    public const string Oha = """
        {
          "summary": { "successRate": 1.0, "total": 1.0003, "slowest": 0.021, "fastest": 0.0004, "average": 0.0011, "requestsPerSec": 100.0 },
          "latencyPercentiles": { "p10": 0.0005, "p25": 0.0006, "p50": 0.0009, "p75": 0.0011, "p90": 0.0016, "p95": 0.0021, "p99": 0.0105, "p99.9": 0.0209, "p99.99": null },
          "statusCodeDistribution": { "200": 90, "500": 8 },
          "errorDistribution": { "connection closed before message completed": 2, "aborted due to deadline": 4 }
        }
        """;

    /// <summary>github.com/giltene/wrk2, the report with --latency and --u_latency.</summary>
    public const string Wrk2 = """
        Running 30s test @ http://127.0.0.1:80/index.html
          2 threads and 100 connections
          Thread calibration: mean lat.: 10087 usec, rate sampling interval: 22 msec
          Thread Stats   Avg      Stdev     Max   +/- Stdev
            Latency     6.60ms    1.92ms  12.50ms   68.46%
            Req/Sec     1.04k     1.08k    2.50k    72.79%
          Latency Distribution (HdrHistogram - Recorded Latency)
         50.000%    6.67ms
         75.000%    7.78ms
         90.000%    9.14ms
         99.000%   11.18ms
         99.900%  980.00us
         99.990%    1.20s
         99.999%   12.50ms
        100.000%   12.50ms

          Detailed Percentile spectrum:
               Value   Percentile   TotalCount 1/(1-Percentile)

               0.921     0.000000            1         1.00
        #[Mean    =        6.602, StdDeviation   =        1.919]
        ----------------------------------------------------------
          Latency Distribution (HdrHistogram - Uncorrected Latency (measured without taking delayed starts into account))
         50.000%    1.11ms
          98 requests in 30.00s, 19.89MB read
          Socket errors: connect 0, read 2, write 0, timeout 0
          Non-2xx or 3xx responses: 8
        Requests/sec:   2000.12
        Transfer/sec:    678.90KB
        """;

    /// <summary>jmeter.apache.org, "CSV log format"; a label holds a comma and a message several lines.</summary>
    public static string JMeter { get; } = "timeStamp,elapsed,label,responseCode,responseMessage,threadName,dataType,success,failureMessage,bytes,sentBytes,grpThreads,allThreads,URL,Latency,IdleTime,Connect\n"
        + string.Concat(Enumerable.Range(0, 100).Select(index => index % 10 == 9
            ? $"17000000000{index:00},7,\"orders, new\",Non HTTP response code: java.net.SocketException,\"Non HTTP response message: reset\nby peer\",Users 1-1,text,false,\"expected \"\"200\"\"\",0,0,1,1,http://127.0.0.1/,0,0,0\n"
            : $"17000000000{index:00},{1 + (index / 10)},\"orders, new\",200,OK,Users 1-1,text,true,,128,120,1,1,http://127.0.0.1/,1,0,0\n"));

    /// <summary>artillery.io/docs, "Reports": counters and summaries of the aggregate.</summary>
    public const string Artillery = """
        {
          "aggregate": {
            "counters": { "vusers.created": 100, "http.requests": 100, "http.codes.200": 90, "http.codes.503": 7, "http.responses": 97, "errors.ECONNRESET": 3, "vusers.failed": 3, "vusers.completed": 97 },
            "rates": { "http.request_rate": 10 },
            "summaries": { "http.response_time": { "min": 1, "max": 44, "count": 97, "mean": 3.2, "p50": 2, "median": 2, "p75": 3, "p90": 4, "p95": 6, "p99": 40, "p999": 43.4 } }
          },
          "intermediate": []
        }
        """;

    /// <summary>docs.locust.io, "--json": an entry for each name; what is printed before it is no part of it.</summary>
    public const string Locust = """
        starting
        [
          { "name": "/orders", "method": "POST", "num_requests": 60, "num_none_requests": 0, "num_failures": 4, "total_response_time": 150.2, "response_times": { "2": 50, "11": 10 } },
          { "name": "/health", "method": "GET", "num_requests": 40, "num_none_requests": 0, "num_failures": 6, "total_response_time": 40.1, "response_times": { "1": 40 } }
        ]
        """;

    /// <summary>github.com/mcollina/autocannon, "-j": requests.total are responses of any status, whole milliseconds.</summary>
    public const string Autocannon = """
        {
          "errors": 2, "timeouts": 1, "mismatches": 0, "non2xx": 8, "resets": 0, "duration": 2.02,
          "statusCodeStats": { "200": { "count": 90 }, "500": { "count": 8 } },
          "latency": { "average": 1.2, "min": 0, "max": 31, "p0_001": 0, "p2_5": 0, "p50": 1, "p75": 2, "p90": 3, "p97_5": 5, "p99": 9, "p99_9": 31, "totalCount": 98 },
          "requests": { "average": 49, "total": 98, "sent": 101, "p50": 49 }
        }
        """;

    /// <summary>The CSV of NBomber 4.2: the whole scenario and its step.</summary>
    public const string NBomber = """
        test_suite,test_name,scenario,duration,step_name,request_count,ok,failed,rps,min,mean,max,50_percent,75_percent,95_percent,99_percent,std_dev,data_transfer_min_kb,data_transfer_all_mb
        perflab,order,order,00:00:10,global information,100,90,10,9,1.03,2.5,40.2,2.11,3.02,7.5,39.9,4.1,0.1,0.01
        perflab,order,order,00:00:10,place,100,90,10,9,1.03,2.5,40.2,2.11,3.02,7.5,39.9,4.1,0.1,0.01
        """;
}
