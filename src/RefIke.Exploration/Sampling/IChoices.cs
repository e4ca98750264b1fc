namespace RefIke.Exploration.Sampling;

/// <summary>The one seam of exploration: who stands behind it decides every delivery, loss, copy, timer and order.</summary>
public interface IChoices
{
    /// <summary>One of 0 … <paramref name="of"/> - 1.</summary>
    int Choose(int of);
}
