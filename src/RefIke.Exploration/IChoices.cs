namespace RefIke.Exploration;

/// <summary>The one seam of exploration: who stands behind it decides every delivery, loss, copy, timer and order.</summary>
public interface IChoices
{
    /// <summary>One of 0 … <paramref name="of"/> - 1.</summary>
    int Choose(int of);
}

/// <summary>Replays recorded choices; where they end, always the first.</summary>
public sealed class Replay(IReadOnlyList<int> recorded) : IChoices
{
    private int at;

    /// <inheritdoc/>
    public int Choose(int of) => at < recorded.Count ? Math.Min(recorded[at++], of - 1) : 0;
}

/// <summary>Passes choices through and keeps them.</summary>
public sealed class Recorder(IChoices inner) : IChoices
{
    private readonly List<int> taken = [];

    /// <summary>The choices made so far.</summary>
    public IReadOnlyList<int> Taken => taken;

    /// <inheritdoc/>
    public int Choose(int of)
    {
        var choice = inner.Choose(of);
        taken.Add(choice);
        return choice;
    }
}
