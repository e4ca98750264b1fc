using System.Diagnostics;

namespace RefIke.Interop;

/// <summary>Programs that the tests run and end.</summary>
internal static class Shell
{
    public static (int Code, string Output) Run(string program, params string[] arguments)
    {
        using var process = Start(program, arguments);
        var error = process.StandardError.ReadToEndAsync();
        var output = process.StandardOutput.ReadToEndAsync();
        if (!process.WaitForExit(30_000))
        {
            process.Kill(true);
        }

        return (process.HasExited ? process.ExitCode : -1, output.Result + error.Result);
    }

    public static Process Start(string program, params string[] arguments) => Start(program, arguments, []);

    public static Process Start(string program, string[] arguments, Dictionary<string, string> environment)
    {
        var start = new ProcessStartInfo(program, arguments) { RedirectStandardOutput = true, RedirectStandardError = true };
        foreach (var (name, value) in environment)
        {
            start.Environment[name] = value;
        }

        return Process.Start(start)!;
    }

    /// <summary>Looks ten times a second.</summary>
    public static bool WaitUntil(Func<bool> done, int seconds)
    {
        for (var n = 0; n < seconds * 10; n++)
        {
            if (done())
            {
                return true;
            }

            Thread.Sleep(100);
        }

        return done();
    }

    public static bool Has(string program)
        => new[] { "/usr/sbin", "/usr/bin", "/sbin", "/bin" }.Any(f => File.Exists(Path.Combine(f, program)));
}
