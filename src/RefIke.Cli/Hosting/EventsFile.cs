using RefIke.Cli.CommandLine;
using RefIke.Engine;

namespace RefIke.Cli.Hosting;

/// <summary>
/// What an IPsec stack must know, with the keys, one JSON object a line: <c>docs/events.md</c>. Written only where the
/// user asks.
/// </summary>
/// <exception cref="BadInputException">The file cannot be written.</exception>
internal sealed class EventsFile(string path) : IDisposable
{
    private readonly StreamWriter file = new(OutputFile.Create(path, secret: true)) { AutoFlush = true };

    public void Write(Instant now, Effect effect)
    {
        if (EventJson.Of(now.Milliseconds, effect) is { } line)
        {
            lock (file)
            {
                file.WriteLine(JsonText.Line(line));
            }
        }
    }

    public void Dispose() => file.Dispose();
}
