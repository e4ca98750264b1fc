using System.Diagnostics;
using System.Net;
using System.Net.Sockets;
using System.Runtime.Versioning;
using System.Security.Cryptography;

namespace RefIke.Interop;

/// <summary>
/// A Slurm cluster of one node on loopback: munged, slurmctld and slurmd with a configuration, ports and a folder of their own, beside
/// whatever Slurm the machine has. No accounting, no cgroups: neither systemd nor a delegated hierarchy is needed.
/// </summary>
[UnsupportedOSPlatform("windows")]
internal sealed class SlurmCluster : IDisposable
{
    private readonly string folder;
    private readonly List<Process> daemons = [];

    /// <summary>Starts it, with as many processors as are wanted: they are counted, not pinned.</summary>
    public SlurmCluster(string folder, int processors)
    {
        this.folder = folder;
        foreach (var name in new[] { "state", "spool" })
        {
            Directory.CreateDirectory(In(name));
        }

        File.WriteAllBytes(In("munge.key"), RandomNumberGenerator.GetBytes(64));
        File.SetUnixFileMode(In("munge.key"), UnixFileMode.UserRead | UnixFileMode.UserWrite);
        File.WriteAllText(In("slurm.conf"), Configuration(processors));
        try
        {
            Start("munged", "--foreground", $"--key-file={In("munge.key")}", $"--socket={In("munge.sock")}", $"--pid-file={In("munged.pid")}",
                $"--seed-file={In("munged.seed")}", $"--log-file={In("munged.log")}");
            Demand("munged", () => File.Exists(In("munge.sock")));
            Start("slurmctld", "-D");
            Start("slurmd", "-D");
            Demand("the node", () => Run("sinfo", "--noheader", "--format=%T").Output.Trim() == "idle");
        }
        catch
        {
            Dispose();
            throw;
        }
    }

    /// <summary>Why it cannot be had; null where it can.</summary>
    public static string? Missing
        => !Environment.IsPrivilegedProcess ? "slurmd needs root"
            : new[] { "munged", "slurmctld", "slurmd", "sbatch" }.Where(p => !Shell.Has(p)).ToArray() is { Length: > 0 } lacks
                ? $"Slurm is not installed (slurmctld, slurmd, slurm-client, munge): no {string.Join(", ", lacks)}"
            : null;

    /// <summary>Runs a program that speaks to it.</summary>
    public (int Code, string Output) Run(string program, params string[] arguments)
        => Shell.Run("env", [$"SLURM_CONF={In("slurm.conf")}", program, .. arguments]);

    /// <summary>Whether jobs have ended, however they did: they are neither waiting nor running.</summary>
    public bool Ended(int seconds, params string[] jobs)
        => Shell.WaitUntil(() => Run("squeue", "--noheader", $"--jobs={string.Join(',', jobs)}") is { Code: 0, Output: "" }, seconds);

    /// <summary>What it says of a job: <c>JobState=COMPLETED</c>, <c>Restarts=1</c> and more.</summary>
    public string Job(string job) => Run("scontrol", "show", "job", job).Output;

    /// <summary>The last lines of the daemons' logs.</summary>
    public string Tail => string.Join('\n', new[] { "munged.log", "slurmctld.log", "slurmd.log" }.Select(In).Where(File.Exists)
        .SelectMany(f => File.ReadLines(f).TakeLast(15)));

    public void Dispose()
    {
        if (daemons.Count == 3)
        {
            Run("scancel", "--user=root");
            Shell.WaitUntil(() => Run("squeue", "--noheader") is { Code: not 0 } or { Output: "" }, 20);
        }

        daemons.Reverse();
        foreach (var daemon in daemons)
        {
            daemon.Kill(true);
            daemon.WaitForExit(5000);
            daemon.Dispose();
        }

        daemons.Clear();
    }

    private string In(string name) => Path.Combine(folder, name);

    private void Start(string program, params string[] arguments)
    {
        var daemon = Shell.Start(program, arguments, new() { ["SLURM_CONF"] = In("slurm.conf") });
        daemon.OutputDataReceived += (_, _) => { };
        daemon.ErrorDataReceived += (_, _) => { };
        daemon.BeginOutputReadLine();
        daemon.BeginErrorReadLine();
        daemons.Add(daemon);
    }

    private void Demand(string what, Func<bool> isThere)
    {
        if (!Shell.WaitUntil(isThere, 60))
        {
            throw new InvalidOperationException($"{what} did not come up:\n{Tail}");
        }
    }

    /// <summary>
    /// <c>config_overrides</c>: the processors stated here are believed. <c>cred_expire</c> is how long a job that is queued again waits,
    /// two minutes without it.
    /// </summary>
    private string Configuration(int processors)
    {
        var (name, ports) = (Environment.MachineName, FreePorts());
        return $"""
            ClusterName=refike
            SlurmctldHost={name}(127.0.0.1)
            SlurmctldPort={ports[0]}
            SlurmdPort={ports[1]}
            CommunicationParameters=NoInAddrAny,NoCtldInAddrAny
            SlurmUser=root
            SlurmdUser=root
            AuthType=auth/munge
            AuthInfo=socket={In("munge.sock")},cred_expire=5
            CredType=cred/munge
            ProctrackType=proctrack/pgid
            TaskPlugin=task/none
            JobAcctGatherType=jobacct_gather/none
            AccountingStorageType=accounting_storage/none
            SelectType=select/cons_tres
            SelectTypeParameters=CR_CPU
            MpiDefault=none
            MailProg=/bin/true
            SlurmdParameters=config_overrides
            ReturnToService=2
            StateSaveLocation={In("state")}
            SlurmdSpoolDir={In("spool")}
            SlurmctldPidFile={In("slurmctld.pid")}
            SlurmdPidFile={In("slurmd.pid")}
            SlurmctldLogFile={In("slurmctld.log")}
            SlurmdLogFile={In("slurmd.log")}
            NodeName={name} NodeAddr=127.0.0.1 CPUs={processors} RealMemory=16000 State=UNKNOWN
            PartitionName=all Nodes=ALL Default=YES MaxTime=INFINITE State=UP

            """;
    }

    /// <summary>Two that nobody listens on, held until both are known so that they differ.</summary>
    private static int[] FreePorts()
    {
        using TcpListener one = new(IPAddress.Loopback, 0), other = new(IPAddress.Loopback, 0);
        one.Start();
        other.Start();
        return [((IPEndPoint)one.LocalEndpoint).Port, ((IPEndPoint)other.LocalEndpoint).Port];
    }
}
