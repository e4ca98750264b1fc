using System.Diagnostics;
using System.Runtime.InteropServices;
using System.Text;
using Xunit;

namespace RefIke.Properties.CommandLine;

/// <summary>A <c>refike</c> that runs as a process of its own, as a user starts it.</summary>
internal sealed class RefikeProcess : IDisposable
{
    private readonly Process process;
    private readonly StringBuilder output = new();
    private readonly StringBuilder error = new();

    private RefikeProcess(string folder, string[] arguments, string? path = null)
    {
        var start = new ProcessStartInfo("dotnet", [Tool, .. arguments])
        {
            WorkingDirectory = folder,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
            RedirectStandardInput = true,
        };
        start.Environment["PATH"] = path ?? start.Environment["PATH"];
        process = Process.Start(start)!;
        process.StandardInput.Close();
        process.OutputDataReceived += (_, line) => Add(output, line.Data);
        process.ErrorDataReceived += (_, line) => Add(error, line.Data);
        process.BeginOutputReadLine();
        process.BeginErrorReadLine();
    }

    /// <summary>The tool itself.</summary>
    public static string Tool { get; } = Path.Combine(AppContext.BaseDirectory, "refike.dll");

    /// <summary>What it has printed.</summary>
    public string Out => Text(output);

    public string Error => Text(error);

    public static RefikeProcess Start(string folder, params string[] arguments) => new(folder, arguments);

    /// <summary>One for which other programs are found in this folder alone.</summary>
    public static RefikeProcess StartWithPath(string folder, string path, params string[] arguments)
        => new(folder, arguments, path);

    /// <summary>Runs it to its end.</summary>
    public static async Task<(int Code, string Out, string Error)> RunAsync(string folder, params string[] arguments)
    {
        using var refike = Start(folder, arguments);
        var code = await refike.EndAsync(TimeSpan.FromMinutes(3));
        return (code, refike.Out, refike.Error);
    }

    /// <summary>Whether a program is installed.</summary>
    public static bool Has(string program)
        => (Environment.GetEnvironmentVariable("PATH") ?? "").Split(':')
            .Any(f => File.Exists(Path.Combine(f, program)));

    /// <summary>Waits until it has printed a text so often.</summary>
    public async Task PrintsAsync(string text, int times = 1, int seconds = 60)
    {
        var end = Stopwatch.GetTimestamp() + (seconds * Stopwatch.Frequency);
        while (Out.Split(text).Length <= times)
        {
            Assert.True(Stopwatch.GetTimestamp() < end && !(process.HasExited && Out.Split(text).Length <= times),
                $"'{text}' was not printed {times} times:\n{Out}\n{Error}");
            await Task.Delay(50, TestContext.Current.CancellationToken);
        }
    }

    /// <summary>Sends it a signal.</summary>
    public void Signal(PosixSignal signal)
    {
        var name = signal == PosixSignal.SIGINT ? "INT" : "TERM";
        using var kill = Process.Start("sh", ["-c", $"kill -{name} {process.Id}"]);
        kill.WaitForExit();
        Assert.Equal(0, kill.ExitCode);
    }

    /// <summary>Waits for its end.</summary>
    /// <returns>Its exit code.</returns>
    public async Task<int> EndAsync(TimeSpan within)
    {
        using var late = CancellationTokenSource.CreateLinkedTokenSource(TestContext.Current.CancellationToken);
        late.CancelAfter(within);
        try
        {
            await process.WaitForExitAsync(late.Token);
        }
        catch (OperationCanceledException)
        {
            Assert.Fail($"still running after {within.TotalSeconds} s:\n{Out}\n{Error}");
        }

        return process.ExitCode;
    }

    public void Dispose()
    {
        if (!process.HasExited)
        {
            process.Kill();
            process.WaitForExit(5000);
        }

        process.Dispose();
    }

    private static void Add(StringBuilder text, string? line)
    {
        if (line is not null)
        {
            lock (text)
            {
                text.Append(line).Append('\n');
            }
        }
    }

    private static string Text(StringBuilder text)
    {
        lock (text)
        {
            return text.ToString();
        }
    }
}
