namespace RefIke.Cli.CommandLine;

/// <summary>
/// How far a verb has come: one line on standard error, written over itself, and nothing where that is no terminal. Not for several threads
/// at once.
/// </summary>
internal sealed class StatusLine
{
    private int length;

    /// <summary>In place of what stood there; nothing clears the line.</summary>
    public void Show(string text)
    {
        if (!Console.IsErrorRedirected)
        {
            Console.Error.Write($"\r{text.PadRight(length)}{(text.Length == 0 ? "\r" : "")}");
            length = text.Length;
        }
    }
}
